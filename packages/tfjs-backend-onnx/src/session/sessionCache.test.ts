import { describe, expect, it } from '@jest/globals';
import { SessionCache } from './sessionCache.js';

class Entry {
  disposals = 0;
  dispose(): void {
    this.disposals++;
  }
}

describe('SessionCache', () => {
  it('finds an entry by the content of its key', () => {
    const cache = new SessionCache<Entry>(2);
    const entry = new Entry();
    cache.set(Int32Array.of(1, -2, 3), entry);
    expect(cache.get(Int32Array.of(1, -2, 3))).toBe(entry);
    expect(cache.get(Int32Array.of(1, -2))).toBeUndefined();
    expect(cache.get(Int32Array.of(1, -2, 4))).toBeUndefined();
  });

  it('drops and disposes of what was used longest ago', () => {
    const cache = new SessionCache<Entry>(2);
    const [first, second, third] = [new Entry(), new Entry(), new Entry()];
    cache.set(Int32Array.of(1), first);
    cache.set(Int32Array.of(2), second);
    cache.get(Int32Array.of(1));
    cache.set(Int32Array.of(3), third);
    expect([first.disposals, second.disposals, third.disposals]).toEqual([0, 1, 0]);
    expect(cache.size).toBe(2);
  });

  it('disposes of what is replaced, and of all in the end', () => {
    const cache = new SessionCache<Entry>(2);
    const [first, second] = [new Entry(), new Entry()];
    cache.set(Int32Array.of(1), first);
    cache.set(Int32Array.of(1), second);
    expect(first.disposals).toBe(1);
    cache.clear();
    expect(second.disposals).toBe(1);
    expect(cache.size).toBe(0);
  });
});
