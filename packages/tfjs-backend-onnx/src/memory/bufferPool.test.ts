import { describe, expect, it } from '@jest/globals';
import { BufferPool } from './bufferPool.js';

describe('BufferPool', () => {
  it('gives a buffer again to whoever asks for its size', () => {
    const pool = new BufferPool(10_000);
    const buffer = pool.take(2048);
    pool.give(buffer);
    expect(pool.bytes).toBe(2048);
    expect(pool.take(4096)).not.toBe(buffer);
    expect(pool.take(2048)).toBe(buffer);
    expect(pool.bytes).toBe(0);
    expect(pool.take(2048)).not.toBe(buffer);
  });

  it('does not keep small ones, nor one above its limit', () => {
    const pool = new BufferPool(10_000);
    pool.give(new ArrayBuffer(100));
    pool.give(new ArrayBuffer(20_000));
    expect(pool.bytes).toBe(0);
  });

  it('lets go what was not asked for longest', () => {
    const pool = new BufferPool(10_000);
    const [old, young, large] = [new ArrayBuffer(2000), new ArrayBuffer(3000), new ArrayBuffer(6000)];
    for (const buffer of [old, young, large]) pool.give(buffer);
    expect(pool.bytes).toBe(9000);
    expect(pool.take(2000)).not.toBe(old);
    expect(pool.take(3000)).toBe(young);
    pool.give(young);
    pool.give(new ArrayBuffer(3000));
    expect(pool.take(6000)).not.toBe(large);
    expect(pool.bytes).toBe(6000);
  });

  it('forgets all', () => {
    const pool = new BufferPool(10_000);
    pool.give(new ArrayBuffer(2048));
    pool.clear();
    expect(pool.bytes).toBe(0);
  });
});
