import { describe, expect, it } from '@jest/globals';
import { resolveOptions } from '../options.js';
import { channelBlock } from './channelBlock.js';
import { loadRuntime, type NativeSession } from './runtime.js';

const settings = resolveOptions({ threads: 1 });

/** A runtime whose sessions lay out channels as `reorder` says. */
function runtime(run: NativeSession['run']): { createSession: () => NativeSession } {
  return { createSession: () => ({ loadModel: () => undefined, run, dispose: () => undefined }) };
}

describe('channelBlock', () => {
  it('is a width of registers here, or 0', () => {
    expect([0, 4, 8, 16]).toContain(channelBlock(loadRuntime(), settings));
  });

  it('is what the runtime does', () => {
    const inBlocksOf8 = runtime((_, { y }) => {
      const values = y?.data as Float32Array;
      values.forEach((_, i) => {
        const [block, rest] = [Math.floor(i / 16), i % 16];
        values[i] = block * 8 + (rest >> 3) * 64 + (rest & 7);
      });
      return {};
    });
    expect(channelBlock(inBlocksOf8, settings)).toBe(8);
  });

  it('is 0 where the runtime only brings channels first', () => {
    const channelsFirst = runtime((_, { y }) => {
      const values = y?.data as Float32Array;
      values.forEach((_, i) => {
        values[i] = (i % 2) * 64 + (i >> 1);
      });
      return {};
    });
    expect(channelBlock(channelsFirst, settings)).toBe(0);
  });

  it('is 0 where the runtime knows no blocks', () => {
    const refusing = runtime(() => {
      throw new Error('ReorderInput is not a registered function/op');
    });
    expect(channelBlock(refusing, settings)).toBe(0);
  });

  it('is 0 on other devices', () => {
    expect(channelBlock(loadRuntime(), { ...settings, device: 'cuda' })).toBe(0);
  });
});
