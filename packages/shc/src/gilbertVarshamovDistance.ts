/**
 * The least distance that SHC asks of its centres, from the Gilbert-Varshamov bound, in exact integers:
 *
 *     d = min { d ≥ 1 : C · Σ (i < d) binom(q, i) ≥ 2^q }
 *
 * The bound promises centres at a distance of d − 1. At the sizes of the paper d is reached as well; for a few words
 * of very few bits it cannot be (q = 4, C = 3 gives 3, where 2 is the most).
 *
 * @param bits     q, at least 1
 * @param classes  C, at least 2
 * @see Chen et al., ACM TOIS 2025, eq. 13
 */
export function gilbertVarshamovDistance(bits: number, classes: number): number {
  requireAtLeast(1, 'bits', bits);
  requireAtLeast(2, 'classes', classes);
  const words = 1n << BigInt(bits);
  let binomial = 1n;
  let ball = 1n;
  let distance = 1;
  for (; BigInt(classes) * ball < words; distance++) {
    binomial = (binomial * BigInt(bits - distance + 1)) / BigInt(distance);
    ball += binomial;
  }
  return distance;
}

function requireAtLeast(least: number, name: string, value: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new Error(
    `gilbertVarshamovDistance: expected ${name} to be an integer of at least ${least}, but got ${value}.`,
  );
}
