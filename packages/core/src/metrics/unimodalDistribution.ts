/**
 * The probabilities of low ... high, given how each relates to the next. It starts at the mode with 1 and divides by
 * the sum in the end, so that nothing overflows and no factorial of a large number is needed.
 *
 * @param ratio  p(x + 1) / p(x), falling in x
 * @returns p, [high - low + 1]
 */
export function unimodalDistribution(low: number, high: number, ratio: (x: number) => number): Float64Array {
  const p = new Float64Array(high - low + 1);
  let mode = low;
  while (mode < high && ratio(mode) > 1) mode++;
  p[mode - low] = 1;
  for (let x = mode; x < high; x++) p[x + 1 - low] = p[x - low]! * ratio(x);
  for (let x = mode - 1; x >= low; x--) p[x - low] = p[x + 1 - low]! / ratio(x);
  const sum = p.reduce((a, b) => a + b, 0);
  return p.map((weight) => weight / sum);
}
