import { describe, expect, it } from '@jest/globals';
import { takeBatches } from './takeBatches.js';

/** Counts up to `end`, and records when it is closed. */
function counter(end = Infinity) {
  const state = { started: 0, closed: 0 };
  async function* source() {
    state.started++;
    try {
      for (let i = 0; i < end; i++) yield await Promise.resolve(i);
    } finally {
      state.closed++;
    }
  }
  return { state, source };
}

async function collect(batches: AsyncIterable<number>, onBatch?: (batch: number) => void): Promise<number[]> {
  const taken: number[] = [];
  for await (const batch of batches) {
    taken.push(batch);
    onBatch?.(batch);
  }
  return taken;
}

describe('takeBatches', () => {
  it('takes as many as asked for and closes the source', async () => {
    const { state, source } = counter();
    expect(await collect(takeBatches(source, 3))).toEqual([0, 1, 2]);
    expect(state).toEqual({ started: 1, closed: 1 });
  });

  it('does not load where nothing is to be taken', async () => {
    const { state, source } = counter();
    expect(await collect(takeBatches(source, 0))).toEqual([]);
    expect(await collect(takeBatches(source, 3, AbortSignal.abort()))).toEqual([]);
    expect(state.started).toBe(0);
  });

  it('stops after the batch in hand when the signal fires', async () => {
    const { state, source } = counter();
    const abort = new AbortController();
    const taken = await collect(takeBatches(source, 9, abort.signal), (i) => i === 1 && abort.abort());
    expect(taken).toEqual([0, 1]);
    expect(state.closed).toBe(1);
  });

  it.each([
    ['its AbortError', (signal: AbortSignal): unknown => signal.reason],
    ['an AbortError of its own', () => Object.assign(new Error('stopped'), { name: 'AbortError' })],
  ])('stops where the source ends by %s', async (_, makeError) => {
    const abort = new AbortController();
    async function* source() {
      yield 0;
      await Promise.resolve();
      abort.abort();
      throw makeError(abort.signal);
    }
    expect(await collect(takeBatches(source, 9, abort.signal))).toEqual([0]);
  });

  it('stops where the source ends because of the signal', async () => {
    const abort = new AbortController();
    async function* source() {
      yield 0;
      await Promise.resolve();
      abort.abort();
    }
    expect(await collect(takeBatches(source, 9, abort.signal))).toEqual([0]);
  });

  it('passes other errors on, also after the signal', async () => {
    const abort = new AbortController();
    async function* source() {
      yield 0;
      await Promise.resolve();
      abort.abort();
      throw new Error('cat.jpg: truncated');
    }
    await expect(collect(takeBatches(source, 9, abort.signal))).rejects.toThrow('cat.jpg: truncated');
  });

  it('closes the source when its own consumer fails', async () => {
    const { state, source } = counter();
    const failing = collect(takeBatches(source, 9), () => {
      throw new Error('no memory');
    });
    await expect(failing).rejects.toThrow('no memory');
    expect(state.closed).toBe(1);
  });

  it('refuses a source that ends too early', async () => {
    const { source } = counter(2);
    await expect(collect(takeBatches(source, 3))).rejects.toThrow(
      'train: expected 3 more batches in this epoch, but got 2.',
    );
  });
});
