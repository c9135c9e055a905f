/**
 * Position embeddings for another size of input: the class token's stays, those of the patches are interpolated
 * bilinearly over their square grid, corner onto corner.
 *
 * @param positions  [1 + g², width], the class token's first
 * @param grid       patches on a side of the new input
 * @returns [1 + grid², width]
 */
export function interpolatePositions(positions: Float32Array, width: number, grid: number): Float32Array {
  const oldGrid = Math.sqrt(positions.length / width - 1);
  const result = new Float32Array((1 + grid * grid) * width);
  result.set(positions.subarray(0, width));
  const places = Array.from({ length: grid }, (_, i) => between(i, grid, oldGrid));
  const corner = (row: number, column: number) => (1 + row * oldGrid + column) * width;
  let target = width;
  for (const row of places) {
    for (const column of places) {
      const topLeft = corner(row.low, column.low);
      const topRight = corner(row.low, column.high);
      const bottomLeft = corner(row.high, column.low);
      const bottomRight = corner(row.high, column.high);
      for (let i = 0; i < width; i++) {
        const top = mix(positions[topLeft + i]!, positions[topRight + i]!, column.weight);
        const bottom = mix(positions[bottomLeft + i]!, positions[bottomRight + i]!, column.weight);
        result[target++] = mix(top, bottom, row.weight);
      }
    }
  }
  return result;
}

/** The old places on both sides of new place `i`, and how far it is from the lower to the higher. */
function between(i: number, grid: number, oldGrid: number): { low: number; high: number; weight: number } {
  const position = grid === 1 ? 0 : (i * (oldGrid - 1)) / (grid - 1);
  const low = Math.floor(position);
  return { low, high: Math.min(low + 1, oldGrid - 1), weight: position - low };
}

function mix(from: number, to: number, weight: number): number {
  return from + (to - from) * weight;
}
