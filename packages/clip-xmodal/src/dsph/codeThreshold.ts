/**
 * Best known minimum distances of binary linear codes, by their length in bits: of the codes with 2, 4, ..., 2^10 words.
 * @see Grassl, Bounds on the minimum distance of linear codes, http://www.codetables.de
 */
const DISTANCES: ReadonlyMap<number, readonly number[]> = new Map([
  [8, [8, 5, 4, 4, 2, 2, 2, 1]],
  [12, [12, 8, 6, 6, 4, 4, 4, 3, 2, 2]],
  [16, [16, 10, 8, 8, 8, 6, 6, 5, 4, 4]],
  [20, [20, 13, 11, 10, 9, 8, 8, 8, 7, 6]],
  [24, [24, 16, 13, 12, 12, 10, 10, 8, 8, 8]],
  [28, [28, 18, 16, 14, 14, 12, 12, 11, 10, 10]],
  [32, [32, 21, 18, 16, 16, 16, 14, 13, 12, 12]],
  [36, [36, 24, 20, 18, 17, 16, 16, 16, 14, 14]],
  [40, [40, 26, 22, 20, 20, 18, 18, 16, 16, 16]],
  [48, [48, 32, 27, 24, 24, 24, 22, 22, 20, 20]],
  [56, [56, 37, 32, 29, 28, 28, 26, 24, 24, 24]],
  [64, [64, 42, 36, 33, 32, 32, 32, 29, 28, 28]],
  [80, [80, 53, 45, 42, 40, 40, 38, 37, 36, 36]],
  [96, [96, 64, 54, 50, 48, 48, 48, 46, 44, 44]],
  [112, [112, 74, 64, 59, 56, 56, 56, 54, 52, 52]],
  [128, [128, 85, 72, 68, 64, 64, 64, 64, 60, 60]],
  [160, [160, 106, 91, 84, 81, 80, 80, 78, 76, 76]],
  [192, [192, 128, 109, 102, 98, 96, 96, 96, 93, 92]],
  [256, [256, 170, 146, 136, 131, 128, 128, 128, 128, 124]],
]);

/**
 * The cosine that codes of different classes may have: as if each class had a word of the best linear code of this length,
 * whose words differ in at least d bits, `1 − 2 d / bits`.
 *
 * @throws RangeError  for a length or a number of classes that the table does not have
 */
export function codeThreshold(bits: number, classes: number): number {
  const distances = DISTANCES.get(bits);
  if (distances === undefined) {
    const known = [...DISTANCES.keys()].join(', ');
    throw new RangeError(
      `codeThreshold: expected one of ${known} bits, but got ${bits}. For another length, set the threshold.`,
    );
  }
  const distance = distances[Math.ceil(Math.log2(classes)) - 1];
  if (distance === undefined) {
    throw new RangeError(
      `codeThreshold: expected 2 to ${2 ** distances.length} classes at ${bits} bits, but got ${classes}. ` +
        'For another number, set the threshold.',
    );
  }
  return 1 - (2 * distance) / bits;
}
