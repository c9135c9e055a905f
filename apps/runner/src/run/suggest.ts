/** ` Did you mean 'epochs'?` with the names nearest to a mistyped one, or nothing where none is near. */
export function didYouMean(word: string, names: Iterable<string>): string {
  const near = nearest(word, names).map((name) => `'${name}'`);
  return near.length === 0 ? '' : ` Did you mean ${near.join(' or ')}?`;
}

/**
 * Up to three names at most a third of their letters away, the nearest first. Of a name with dots the last part alone
 * may be the near one, so `epoch` finds `config.epochs`.
 */
export function nearest(word: string, names: Iterable<string>): string[] {
  return [...names]
    .map((name) => {
      const last = name.slice(name.lastIndexOf('.') + 1);
      return { name, distance: Math.min(relativeDistance(word, name), relativeDistance(word, last)) };
    })
    .filter(({ distance }) => distance <= 0.34)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ name }) => name);
}

function relativeDistance(a: string, b: string): number {
  return editDistance(a.toLowerCase(), b.toLowerCase()) / Math.max(a.length, b.length, 1);
}

/** A swap of neighbours is one edit, and a little less than any other: no letter is wrong. So `whc` finds `wch` first. */
const SWAP = 0.9;

/** The fewest insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b`. */
function editDistance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const [above, row] = [rows[i - 1]!, [i]];
    for (let j = 1; j <= b.length; j++) {
      const substituted = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swaps = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = swaps ? rows[i - 2]![j - 2]! + SWAP : Infinity;
      row.push(Math.min(substituted, swapped, above[j]! + 1, row[j - 1]! + 1));
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
