import type { ForwardPass, ParameterTree } from '../nn/module.js';
import type { Optimizer } from '../optim/optimizer.js';
import type { Schedule } from '../optim/schedule.js';
import type { Rng } from '../random/rng.js';
import type { tf } from '../tf.js';
import type { FitOptions } from './fitOptions.js';

/** What a method gives the training loop; `Batch` is whatever its loss needs of one step. */
export interface TrainOptions<Batch> {
  /** Everything a checkpoint holds, also what is not optimised. */
  readonly parameters: ParameterTree;
  /** The variables of its groups are trained, apart from those with `trainable: false`. The caller disposes of it. */
  readonly optimizer: Optimizer;
  /** Of all groups that have none of their own. */
  readonly schedule: Schedule;
  /** Batches and dropout fork from it; its seed must be that of the checkpoint when a run is resumed. */
  readonly rng: Rng;
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  /** The batches of an epoch from a step on: `stepsPerEpoch - firstStep` of them, the same ones for the same request. */
  batches(request: EpochRequest): AsyncIterable<Batch>;
  /** Items in a batch, for progress reports. */
  batchSize(batch: Batch): number;
  /** The weighted terms whose sum is the loss, each a scalar. Called once for each step, under a gradient tape. */
  lossTerms(batch: Batch, pass: ForwardPass): Readonly<Record<string, tf.Scalar>>;
  /** Frees what a batch holds after its step; needed where batches carry tensors. */
  disposeBatch?(batch: Batch): void;
  /** State of the method that is not in `parameters`, kept in the checkpoint as JSON. */
  readonly extraState?: ExtraState;
  /** Named in the `start` event, where a method trains several networks in turn. */
  readonly stage?: string;
  /** As the caller of the trainer gave them. */
  readonly options?: FitOptions;
}

export interface EpochRequest {
  /** From 0. */
  readonly epoch: number;
  /** Steps to leave out: those that an interrupted run has already taken. */
  readonly firstStep: number;
  /** Depends on the seed and the epoch alone. */
  readonly rng: Rng;
  /** Loading may stop when it fires, by an end or by an `AbortError`. */
  readonly signal?: AbortSignal;
}

export interface ExtraState {
  /** @returns data that survives JSON unchanged */
  save(): unknown;
  /** @param state  what `save` returned; check it, since it comes from a file */
  load(state: unknown): void;
}
