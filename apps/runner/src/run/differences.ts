/** Where two plain values differ: `seed (0, now 1)`, by the dotted key of each value. */
export function differences(before: unknown, after: unknown, key = ''): string[] {
  if (isObject(before) && isObject(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((name) =>
      differences(before[name], after[name], key === '' ? name : `${key}.${name}`),
    );
  }
  const [old, changed] = [JSON.stringify(before), JSON.stringify(after)];
  return old === changed ? [] : [`${key} (${old}, now ${changed})`];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
