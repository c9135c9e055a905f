const last = new Map<string, Promise<unknown>>();

/** Runs work of the same key one after the other, in the order of the calls, whether or not the work before succeeds. */
export async function inTurn<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
  const before = last.get(key);
  const mine = before === undefined ? work() : before.then(work, work);
  last.set(key, mine);
  try {
    return await mine;
  } finally {
    if (last.get(key) === mine) last.delete(key);
  }
}
