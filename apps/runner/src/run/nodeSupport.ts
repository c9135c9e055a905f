/**
 * Whether a version of Node.js is in a range as package.json writes it.
 *
 * @param version  `v20.19.1`
 * @param range    clauses `^20.19.0` (that major version, from there) and `>=24`, joined by `||`
 */
export function supportsNode(version: string, range: string): boolean {
  const found = parts(version);
  return range.split('||').some((clause) => {
    const least = parts(clause);
    const sameMajor = !clause.trim().startsWith('^') || found[0] === least[0];
    return sameMajor && compare(found, least) >= 0;
  });
}

function parts(text: string): [major: number, minor: number, patch: number] {
  const [, major = 0, minor = 0, patch = 0] = /(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(text) ?? [];
  return [Number(major), Number(minor), Number(patch)];
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((part, i) => part !== b[i]);
  return at < 0 ? 0 : a[at]! - b[at]!;
}
