import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../../testing/temporaryFolder.js';
import { openMat } from './openMat.js';
import { fixture, readAll } from './scipy.testing.js';

describe('openMat of another or damaged file', () => {
  const folder = temporaryFolder(beforeEach, afterEach);
  let path: string;
  beforeEach(() => {
    path = folder.join('damaged.mat');
  });

  const good = readFileSync(fixture('bigEndian.mat'));
  const packed = readFileSync(fixture('compressed.mat'));
  function changed(file: Buffer, at: number, ...bytes: readonly number[]): Buffer {
    const copy = Buffer.from(file);
    bytes.forEach((byte, i) => (copy[at + i] = byte));
    return copy;
  }

  it.each([
    ['is empty', Buffer.alloc(0), ': expected a MAT file, with a header of 128 bytes, but found 0.'],
    [
      'is of version 4',
      readFileSync(fixture('version4.mat')),
      ': expected a MAT file, with a header of 128 bytes, but found 54.',
    ],
    [
      'is of version 4 and longer',
      Buffer.concat([readFileSync(fixture('version4.mat')), Buffer.alloc(200)]),
      ': byte 0: expected a MAT file of version 5 to 7.3, but found one of version 4 or none.',
    ],
    [
      'is another',
      Buffer.from('PK'.repeat(100)),
      ': byte 124: expected the version and byte order of a MAT file, 0001494d, but found 504b504b.',
    ],
    ['ends in a tag', good.subarray(0, 132), ': byte 128: expected a tag of 8 bytes, but found 4 bytes.'],
    [
      'ends in the values',
      good.subarray(0, 200),
      ': byte 128: expected an element of at most 64 bytes, but found 96.',
    ],
    [
      'starts a variable otherwise',
      changed(good, 131, 9),
      ': byte 128: expected a matrix, but found float64.',
    ],
    [
      'has an unknown type',
      changed(good, 131, 77),
      ': byte 128: expected a data element, but found type 77.',
    ],
    [
      'has an unknown class',
      changed(good, 147, 18),
      ': variable at byte 128: byte 144: expected a class from 1 to 17, but found 18.',
    ],
    [
      'has a huge shape',
      changed(good, 160, 0x7f, 0xff, 0xff, 0xff),
      ': d: byte 176: expected 6442450941 numbers, but found 6 of float64.',
    ],
    [
      'has a negative shape',
      changed(good, 160, 0xff),
      ': variable at byte 128: byte 152: expected a shape of 2 to 64 axes, but found [-16777214, 3].',
    ],
    [
      'has values beyond the variable',
      changed(good, 182, 9),
      ': d: byte 176: expected an element of at most 48 bytes, but found 2352.',
    ],
    [
      'has a damaged stream',
      changed(packed, 137, 0xff, 0xff),
      ': variable at byte 128: damaged: incorrect header check.',
    ],
  ])('refuses one that %s', async (_, bytes, message) => {
    writeFileSync(path, bytes);
    await expect(readAll(path)).rejects.toThrow(`${path}${message}`);
  });

  it('compares the checksum of a compressed variable', async () => {
    const size = packed.readUInt32LE(132);
    writeFileSync(path, changed(packed, 136 + size - 1, packed[136 + size - 1]! ^ 1));
    await expect(openMat(path)).rejects.toThrow(
      `${path}: variable at byte 128: damaged: incorrect data check.`,
    );
  });
});
