/** A row of a results table that the authors of a method have published. */
export interface PublishedResult {
  /** As in a run's `results.json`: data set and protocol, e.g. `cifar10`. */
  readonly protocol: string;
  /** For example `mAP@1000`, or `image→text mAP@all`. */
  readonly metric: string;
  /** What is divided by, how an epoch was chosen, ...: as far as it is known. */
  readonly definition: string;
  /** By bit length. */
  readonly values: Readonly<Record<number, number>>;
  /** For example `paper, Table 1`. */
  readonly source: string;
}
