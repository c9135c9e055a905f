import type { Labels } from '../codes/labels.js';
import type { Rng } from '../random/rng.js';
import type { AugmentSpec } from './augment.js';

export type Modality = 'image' | 'text';

/** A list of labelled items in a fixed order: what a split is made of. */
export interface Samples {
  readonly length: number;
  readonly modalities: readonly Modality[];
  /** Modalities that are vectors instead of pixels or sentences, and how many numbers a vector has. */
  readonly vectorWidths?: Readonly<Partial<Record<Modality, number>>>;
  readonly labels: Labels;
  /** Yields the items that the request names, in its order, decoded and augmented. */
  batches(request: BatchRequest): AsyncIterable<Batch>;
}

export interface BatchRequest {
  /** Positions in the samples, in the order wanted; all in their own order when left out. */
  readonly order?: Uint32Array;
  readonly batchSize: number;
  /** One pipeline for each view of an image; empty when only texts are wanted. */
  readonly views: readonly AugmentSpec[];
  /**
   * Seeds the random augmentations. Each item forks it by its position and its view, so the pixels depend neither on
   * the order nor on the number of worker threads. Needed when a pipeline has a random op.
   */
  readonly rng?: Rng;
  /** Leaves out a last batch that is smaller than `batchSize`. */
  readonly dropLast?: boolean;
  readonly signal?: AbortSignal;
}

export interface Batch {
  /** Positions of the items in the samples, [n]. */
  readonly indices: Uint32Array;
  /**
   * One for each view: pixels as the pipeline leaves them, [n, height, width, 3]; where images are vectors, which no
   * pipeline changes, these, [n, 1, 1, width].
   */
  readonly views: readonly ImageBatch[];
  /** A caption for each item; where an item has several, `rng` picks one (the first without `rng`). */
  readonly texts?: readonly string[];
  /** Where texts are vectors, such as tags or topics, these. */
  readonly textVectors?: VectorBatch;
  readonly labels: Labels;
}

export interface ImageBatch {
  readonly data: Float32Array;
  readonly shape: readonly [count: number, height: number, width: number, channels: number];
}

export interface VectorBatch {
  readonly data: Float32Array;
  readonly shape: readonly [count: number, width: number];
}

/** A data set cut by a protocol of the field. Train may overlap database (as in `cifar10-1`), never query. */
export interface Dataset {
  /** For example `cifar10-1`. */
  readonly name: string;
  readonly classes: readonly string[];
  readonly train: Samples;
  readonly query: Samples;
  readonly database: Samples;
  /** Cut from train on request, to select an epoch without looking at the queries. */
  readonly validation?: Samples;
  readonly split: SplitRecord;
  /** Stops worker threads and closes files. */
  dispose(): Promise<void>;
}

/** Which items are in which part: enough to use the same split again, and to prove that it is the same. */
export interface SplitRecord {
  readonly protocol: string;
  readonly seed: number | null;
  /** Positions in the data set as it is published (for CIFAR-10: 50,000 train images, then 10,000 test images). */
  readonly parts: Readonly<Record<string, readonly number[]>>;
  /** Of the parts, in the form that `splitSha256` describes. */
  readonly sha256: string;
  /** Items that cannot be read and are therefore in no part, where the data set was asked to leave them out. */
  readonly skipped?: readonly SkippedItem[];
}

export interface SkippedItem {
  readonly position: number;
  /** Of its file, from the folder of the data set. */
  readonly path: string;
  readonly reason: string;
}
