/** Rounds as Python's `round` does: 0.5 and 2.5 down, 1.5 up. For numbers of at least 0. */
export function roundHalfToEven(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}
