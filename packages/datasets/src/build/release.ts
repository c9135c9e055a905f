import type { Reading } from '../files/readLines.js';

/** What the files of an original release say, of the images that a data set takes of it. */
export interface Release {
  /** Folder where the paths start. */
  readonly images: string;
  readonly paths: readonly string[];
  readonly classes: readonly string[];
  /** Numbers of the classes of each image, ascending. */
  readonly ids: readonly (readonly number[])[];
  /** All texts of each image. */
  readonly texts?: readonly (readonly string[])[];
  /** Positions in the parts that the publishers have cut. */
  readonly official?: { readonly train: readonly number[]; readonly query: readonly number[] };
}

/** Reads a release. */
export type ReleaseReader = (from: string, reading: Reading) => Promise<Release>;
