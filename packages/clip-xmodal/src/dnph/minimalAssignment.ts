/**
 * Gives each row a column of its own so that the costs add up to as little as possible: one shortest augmenting path for
 * each row, O(n³) in all.
 *
 * @param cost  finite, row by row, [n, n]
 * @returns the column of each row, [n]
 * @see Jonker & Volgenant, Computing 38, 1987
 */
export function minimalAssignment(cost: Float64Array, n: number): Uint32Array {
  // Column n is no column: it holds the row that is being placed.
  const rowOf = new Int32Array(n + 1).fill(-1);
  const prices: Prices = { row: new Float64Array(n), column: new Float64Array(n + 1) };
  for (let row = 0; row < n; row++) {
    rowOf[n] = row;
    place(cost, n, rowOf, prices);
  }
  const columnOf = new Uint32Array(n);
  for (let column = 0; column < n; column++) columnOf[rowOf[column]!] = column;
  return columnOf;
}

/** What is taken off the costs: no reduced cost is below 0, and that of each pair placed is 0. */
interface Prices {
  readonly row: Float64Array;
  readonly column: Float64Array;
}

/** Finds a column for the row that `rowOf[n]` names, moving others to where the sum stays least. */
function place(cost: Float64Array, n: number, rowOf: Int32Array, prices: Prices): void {
  const slack = new Float64Array(n).fill(Infinity);
  const before = new Int32Array(n);
  const reached = new Uint8Array(n + 1);
  let column = n;
  while (rowOf[column] !== -1) {
    reached[column] = 1;
    const row = rowOf[column]!;
    let [nearest, least] = [-1, Infinity];
    for (let next = 0; next < n; next++) {
      if (reached[next]) continue;
      const reduced = cost[row * n + next]! - prices.row[row]! - prices.column[next]!;
      if (reduced < slack[next]!) [slack[next], before[next]] = [reduced, column];
      if (slack[next]! < least) [nearest, least] = [next, slack[next]!];
    }
    for (let seen = 0; seen <= n; seen++) {
      if (!reached[seen]) slack[seen]! -= least;
      else {
        prices.row[rowOf[seen]!]! += least;
        prices.column[seen]! -= least;
      }
    }
    column = nearest;
  }
  while (column !== n) {
    const previous = before[column]!;
    rowOf[column] = rowOf[previous]!;
    column = previous;
  }
}
