import type { Labels, SplitRecord } from '@hash/core';
import type { z } from 'zod';
import type { DownloadProgress } from '../download/index.js';
import type { Inspector } from '../inspect/inspector.js';
import type { ImageOrigin } from '../loader/imageSource.js';
import type { TagVectors, Vectors } from '../loader/vectors.js';

/** What opening a data set needs beside its options. */
export interface Access {
  readonly name: string;
  /** The folder of the data sets. */
  readonly root: string | undefined;
  readonly seed: number;
  readonly download: boolean;
  /** Hears what is wrong with the files. */
  readonly inspector: Inspector;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
}

/** A data set, opened: what it holds and how a protocol cuts it. */
export interface Content {
  readonly classes: readonly string[];
  readonly images: ImageOrigin | Vectors;
  /** What the items are called, such as paths of images; positions where they have no names. */
  readonly names?: readonly string[];
  /** Of all items. */
  readonly labels: Labels;
  /** All captions of the item at a position. */
  readonly captions?: (position: number) => readonly string[];
  /** Texts as vectors, where the data set has no sentences. */
  readonly textVectors?: Vectors | TagVectors;
  /** With the parts `train`, `query` and `database`, and perhaps `validation`. */
  readonly split: SplitRecord;
}

/** Whether a data set lies ready, and where, or how to get it. */
export interface DatasetStatus {
  readonly found: boolean;
  readonly detail: string;
}

/** A data set of the catalogue. */
export interface Entry<Options = unknown> {
  /** Types, defaults and help texts of its options. */
  readonly options: z.ZodType<Options>;
  open(options: Options, access: Access): Promise<Content>;
  status(root: string | undefined): Promise<DatasetStatus>;
  /** Whether opening it downloads what is missing. */
  readonly downloads?: true;
}
