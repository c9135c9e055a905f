/** How alike classes are, from −1 to 1, with a diagonal of 1: what centres of hash codes are to reproduce. */
export interface Similarity {
  readonly classes: number;
  /** [classes, classes]; it need not be symmetric */
  readonly data: Float32Array | Float64Array;
}

/** @throws Error, in the name of `caller`, unless the values are a finite square matrix */
export function checkSimilarity(caller: string, { classes, data }: Similarity): void {
  if (!Number.isInteger(classes) || classes < 1 || data.length !== classes * classes) {
    throw new Error(
      `${caller}: expected a similarity of classes x classes values, but got ${data.length} for ${classes} classes.`,
    );
  }
  const at = data.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  throw new Error(
    `${caller}: expected the similarity of classes ${Math.floor(at / classes)} and ${at % classes} to be finite, ` +
      `but got ${data[at]}.`,
  );
}
