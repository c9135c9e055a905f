interface Shaped {
  readonly shape: readonly number[];
}

/**
 * Checks that two maps have the same names and, name by name, the same shapes, so that one can be read into the other.
 *
 * @param what  names the caller, to start the message with
 * @throws Error that lists every missing and unexpected name and every shape that differs
 */
export function matchShapes(
  what: string,
  expected: ReadonlyMap<string, Shaped>,
  found: ReadonlyMap<string, Shaped>,
): void {
  const problems: string[] = [];
  const missing = [...expected.keys()].filter((name) => !found.has(name));
  const unexpected = [...found.keys()].filter((name) => !expected.has(name));
  if (missing.length > 0) problems.push(`missing: ${missing.join(', ')}`);
  if (unexpected.length > 0) problems.push(`unexpected: ${unexpected.join(', ')}`);
  for (const [name, { shape }] of expected) {
    const other = found.get(name)?.shape;
    if (other && other.join() !== shape.join()) {
      problems.push(`${name}: expected shape [${shape.join(', ')}], but got [${other.join(', ')}]`);
    }
  }
  if (problems.length > 0) throw new Error(`${what}: ${problems.join('; ')}.`);
}
