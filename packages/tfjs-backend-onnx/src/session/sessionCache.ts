/** Keeps what was used last, and disposes of what it drops. Keys are sequences of integers, compared in full. */
export class SessionCache<Entry extends { dispose(): void }> {
  readonly #capacity: number;
  /** By hash, in the order of last use. */
  readonly #entries = new Map<number, { readonly key: Int32Array; readonly entry: Entry }>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: Int32Array): Entry | undefined {
    const hash = hashIntegers(key);
    const found = this.#entries.get(hash);
    if (found === undefined || !sameIntegers(found.key, key)) return undefined;
    this.#entries.delete(hash);
    this.#entries.set(hash, found);
    return found.entry;
  }

  set(key: Int32Array, entry: Entry): void {
    const hash = hashIntegers(key);
    this.#drop(hash);
    this.#entries.set(hash, { key, entry });
    while (this.#entries.size > this.#capacity) this.#drop(this.#entries.keys().next().value as number);
  }

  clear(): void {
    for (const hash of [...this.#entries.keys()]) this.#drop(hash);
  }

  #drop(hash: number): void {
    this.#entries.get(hash)?.entry.dispose();
    this.#entries.delete(hash);
  }
}

/** FNV-1a over two 26-bit lanes: fits a double, so that a Map can use it. */
function hashIntegers(values: Int32Array): number {
  let low = 0x811c9dc5;
  let high = 0x01000193;
  for (const value of values) {
    low = Math.imul(low ^ value, 0x01000193);
    high = Math.imul(high ^ value, 0x85ebca6b) + 0x9e3779b9;
    high = (high << 13) | (high >>> 19);
  }
  return (low >>> 6) * 0x4000000 + (high >>> 6);
}

function sameIntegers(a: Int32Array, b: Int32Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
