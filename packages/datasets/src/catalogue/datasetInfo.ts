import type { Modality } from '@hash/core';

/** What is known of a data set before any of its files is seen. */
export interface DatasetInfo {
  readonly title: string;
  readonly modalities: readonly Modality[];
  /** As its publishers count; null where the files alone tell. */
  readonly counts: PublishedCounts | null;
  /** Where its authors publish it, or where lists of it are; null where it is the user's own. */
  readonly source: string | null;
  readonly licence: string;
  /** Folder of its README, in `datasets/`. */
  readonly readme: string;
}

/** What a protocol says; a number that nobody has published is left out. */
export interface PublishedCounts {
  readonly classes?: number;
  readonly query?: number;
  readonly train?: number;
  readonly database?: number;
}
