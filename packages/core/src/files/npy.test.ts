import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../testing/temporaryFolder.js';
import { readNpy } from './npy.js';

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../fixtures/npz/${name}`, import.meta.url));

describe('readNpy', () => {
  it.each(['version1.npy', 'version2.npy', 'version3.npy'])('reads %s', async (name) => {
    const { dtype, shape, data } = await readNpy(fixture(name));
    expect({ dtype, shape, data: [...data] }).toEqual({
      dtype: 'float32',
      shape: [2, 3],
      data: [0, 1, 2, 3, 4, 5],
    });
  });

  it.each([
    ['bigEndian.npy', '">f4"'],
    ['text.npy', '"<U2"'],
    ['complex.npy', '"<c8"'],
    ['pickled.npy', '"|O"'],
  ])('refuses the type of %s', async (name, found) => {
    await expect(readNpy(fixture(name))).rejects.toThrow(
      `${fixture(name)}: byte 10: expected a type of |b1, |u1, |i1, <u2, <i2, <u4, <i4, <u8, <i8, <f2, <f4, <f8, but found ${found}.`,
    );
  });

  it('refuses records', async () => {
    await expect(readNpy(fixture('structured.npy'))).rejects.toThrow(
      `byte 10: expected {'descr': '<type>', 'fortran_order': <bool>, 'shape': (<ints>)}, but found "{'descr': [(`,
    );
  });
});

describe('readNpy of a damaged file', () => {
  const folder = temporaryFolder(beforeAll, afterAll);
  let path: string;
  const good = readFileSync(fixture('version1.npy'));
  beforeAll(() => {
    path = folder.join('damaged.npy');
  });

  function withHeader(text: string): Buffer {
    const length = Buffer.alloc(2);
    length.writeUInt16LE(text.length);
    return Buffer.concat([good.subarray(0, 8), length, Buffer.from(text, 'latin1'), Buffer.alloc(24)]);
  }
  const changed = (at: number, value: number): Buffer => {
    const bytes = Buffer.from(good);
    bytes[at] = value;
    return bytes;
  };
  const expected = `expected {'descr': '<type>', 'fortran_order': <bool>, 'shape': (<ints>)}`;

  it.each([
    ['is empty', Buffer.alloc(0), 'truncated: expected 8 bytes at byte 0, but got 0.'],
    ['ends in the header', good.subarray(0, 40), 'truncated: expected 118 bytes at byte 10, but got 30.'],
    [
      'ends in the values',
      good.subarray(0, 140),
      'byte 128: expected 24 bytes of values (float32 [2, 3]), but found 12.',
    ],
    [
      'goes on after the values',
      Buffer.concat([good, Buffer.alloc(1)]),
      'byte 128: expected 24 bytes of values (float32 [2, 3]), but found 25.',
    ],
    [
      'starts otherwise',
      changed(0, 0x50),
      'byte 0: expected an npy file, starting with 934e554d5059, but found 504e554d5059.',
    ],
    ['is of version 4', changed(6, 4), 'byte 6: expected npy version 1.0, 2.0 or 3.0, but found 4.0.'],
    [
      'has a huge header',
      changed(9, 0xff),
      'byte 8: expected a header of at most 10000 bytes, but found 65398.',
    ],
    [
      'has a huge shape',
      withHeader("{'descr': '<f4', 'fortran_order': False, 'shape': (9007199254740991, 9007199254740991), }"),
      'byte 99: expected Infinity bytes of values (float32 [9007199254740991, 9007199254740991]), but found 24.',
    ],
    [
      'has sizes that are no integers',
      withHeader("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }"),
      'byte 10: expected a shape of at most 64 integers below 2^53, but found ("99999999999999999999,").',
    ],
    [
      'has too many axes',
      withHeader(`{'descr': '<f4', 'fortran_order': False, 'shape': (${'1,'.repeat(65)}), }`),
      'byte 10: expected a shape of at most 64 integers below 2^53, but found ("1,1,1,',
    ],
    [
      'lacks a key',
      withHeader("{'descr': '<f4', 'shape': (6,), }"),
      `byte 10: ${expected}, but found "{'descr': '<f4', 'shape': (6,), }".`,
    ],
    [
      'has a key twice',
      withHeader("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (6,), }"),
      `byte 10: ${expected}, but found`,
    ],
    [
      'has code for a header',
      withHeader("{'descr': '<f4', 'fortran_order': False, 'shape': (6,), } or exit()"),
      `byte 10: ${expected}, but found`,
    ],
    [
      'has a type named as a property of every object',
      withHeader("{'descr': 'toString', 'fortran_order': False, 'shape': (6,), }"),
      'byte 10: expected a type of |b1, |u1',
    ],
  ])('refuses one that %s', async (_, bytes, message) => {
    writeFileSync(path, bytes);
    await expect(readNpy(path)).rejects.toThrow(`${path}: ${message}`);
  });

  it("takes Python 2's long integers and keys in any order", async () => {
    writeFileSync(path, withHeader("{'shape': (2L, 3L), 'fortran_order': False, 'descr': '<f4'}\n"));
    expect((await readNpy(path)).shape).toEqual([2, 3]);
  });
});
