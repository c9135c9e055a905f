/** A word of −1 and 1 for each class: the code that the images of the class should get. */
export interface HashCenters {
  readonly classes: number;
  readonly bits: number;
  /** [classes, bits], row by row */
  readonly data: Int8Array;
}

/** Inner products of all pairs of centres, `bits − 2 · distance`, [classes, classes]. */
export function gramMatrix({ classes, bits, data }: HashCenters): Float64Array {
  const gram = new Float64Array(classes * classes);
  for (let i = 0; i < classes; i++) {
    for (let j = i; j < classes; j++) {
      let product = 0;
      for (let k = 0; k < bits; k++) product += data[i * bits + k]! * data[j * bits + k]!;
      gram[i * classes + j] = gram[j * classes + i] = product;
    }
  }
  return gram;
}

/** The least Hamming distance of two centres; Infinity for a single one. */
export function leastDistance(centers: HashCenters): number {
  const { classes, bits } = centers;
  const gram = gramMatrix(centers);
  let least = Infinity;
  for (let i = 0; i < classes; i++) {
    for (let j = 0; j < i; j++) least = Math.min(least, (bits - gram[i * classes + j]!) / 2);
  }
  return least;
}

/** @throws Error, in the name of `caller`, unless the values are [classes, bits] of −1 and 1 */
export function checkCenters(caller: string, { classes, bits, data }: HashCenters): void {
  if (data.length !== classes * bits) {
    throw new Error(
      `${caller}: expected ${classes * bits} values for ${classes} centres of ${bits} bits, but got ${data.length}.`,
    );
  }
  const at = data.findIndex((value) => Math.abs(value) !== 1);
  if (at < 0) return;
  throw new Error(
    `${caller}: expected -1 or 1 at class ${Math.floor(at / bits)}, bit ${at % bits}, but got ${data[at]}.`,
  );
}
