/**
 * Finds a key that occurs twice in the same object, which `JSON.parse` passes over by taking the last.
 *
 * @param json  valid JSON
 */
export function findDuplicateKey(json: string): string | undefined {
  const open: Set<string>[] = [];
  let text: string | undefined; // the string just read, a key if a colon follows
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}:]/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (token !== ':') text = token;
    else {
      const key = JSON.parse(text!) as string;
      const keys = open.at(-1)!;
      if (keys.has(key)) return key;
      keys.add(key);
    }
  }
  return undefined;
}
