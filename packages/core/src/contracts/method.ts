import type { z } from 'zod';
import type { BinaryCodes } from '../codes/binaryCodes.js';
import type { Rng } from '../random/rng.js';
import type { FitReport } from '../training/fitReport.js';
import type { FitOptions } from '../training/fitOptions.js';
import type { Backbone } from './backbone.js';
import type { Dataset, Modality, Samples } from './dataset.js';
import type { PublishedResult } from './published.js';
import type { Recipe } from './recipe.js';

/** What a method package exports. The runner and third parties see only this. */
export interface Method<Config> {
  /** As typed on the command line: `wch`. */
  readonly name: string;
  readonly paper: Paper;
  readonly modalities: readonly Modality[];
  /** Types, defaults (each with its source) and help texts in one place. */
  readonly config: z.ZodType<Config>;
  /** Named settings that are known to work: `quick`, `paper`, ... */
  readonly recipes: Readonly<Record<string, Recipe>>;
  /** What its authors measured, to stand beside what a run measures. */
  readonly published?: readonly PublishedResult[];
  createTrainer(config: Config, context: TrainerContext): Promise<Trainer>;
}

export interface Paper {
  readonly title: string;
  readonly venue: string;
  readonly year: number;
  readonly url: string;
}

export interface TrainerContext {
  /** The network below the hash head. The trainer owns it from here on and disposes of it. */
  readonly backbone: Backbone;
  /** Everything random in the trainer forks from this. */
  readonly rng: Rng;
  /** The same for all bit lengths of a run: what they have in common forks from it. `rng` by default. */
  readonly sharedRng?: Rng;
}

/** One model of one bit length. */
export interface Trainer {
  /** Where a model makes codes of other lengths beside: which. */
  readonly otherLengths?: readonly number[];
  /** @throws Error where the data lacks what the method needs, such as images */
  fit(data: Dataset, options?: FitOptions): Promise<FitReport>;
  /**
   * Codes of the samples in their order.
   *
   * @param bits  the config's by default; else one of `otherLengths`
   */
  encode(samples: Samples, modality: Modality, bits?: number): Promise<BinaryCodes>;
  /** Writes `model.safetensors` and `model.json`. */
  save(folder: string): Promise<void>;
  /** Reads what `save` wrote, into a trainer made with the same config and backbone. */
  load(folder: string): Promise<void>;
  /** Frees all tensors. The trainer cannot be used afterwards. */
  dispose(): void;
}
