import { describe, expect, it } from '@jest/globals';
import { Rng } from '@hash/core';
import { hashCenters, type HashCenters } from './hashCenters.js';

const rowsOf = ({ classes, bits, data }: HashCenters) =>
  Array.from({ length: classes }, (_, c) => [...data.subarray(c * bits, (c + 1) * bits)]);

const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

describe('hashCenters', () => {
  it.each([
    [80, 512],
    [31, 32],
    [7, 8],
  ])('of %d classes in %d bits are orthogonal, and orthogonal to all ones', (classes, bits) => {
    const rows = [...rowsOf(hashCenters(classes, bits, new Rng(1))), Array<number>(bits).fill(1)];
    for (const [i, row] of rows.entries())
      for (const other of rows.slice(i + 1)) expect(dot(row, other)).toBe(0);
  });

  it('then come opposites, as for the 24 classes of MIRFlickr at 16 bits', () => {
    const rows = rowsOf(hashCenters(24, 16, new Rng(1)));
    const pairs = rows.flatMap((row, i) => rows.slice(i + 1).map((other) => dot(row, other)));
    expect(new Set(pairs)).toEqual(new Set([-16, 0]));
  });

  it.each([
    [80, 16],
    [5, 12],
  ])('of %d classes in %d bits are balanced and different where there are no such rows', (classes, bits) => {
    const rows = rowsOf(hashCenters(classes, bits, new Rng(1)));
    for (const row of rows) expect(dot(row, row.map(() => 1))).toBe(0); // prettier-ignore
    expect(new Set(rows.map(String)).size).toBe(classes);
  });

  it('are those of the seed', () => {
    expect(hashCenters(10, 16, new Rng(1))).toEqual(hashCenters(10, 16, new Rng(1)));
    expect(hashCenters(10, 16, new Rng(1))).not.toEqual(hashCenters(10, 16, new Rng(2)));
  });

  it('refuses more classes than there are codes', () => {
    expect(() => hashCenters(21, 6, new Rng(1))).toThrow(
      'hashCenters: expected 21 different codes of 6 bits, but found 20.',
    );
  });
});
