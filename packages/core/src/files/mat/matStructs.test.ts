import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { temporaryFolder } from '../../testing/temporaryFolder.js';
import { openMat } from './openMat.js';
import { expected, fixture, inOurWords, plain, readAll } from './scipy.testing.js';

const folder = temporaryFolder(beforeEach, afterEach);

it.each(Object.keys(expected.structs))('openMat reads structs as SciPy does: %s', async (name) => {
  const mat = await openMat(fixture('structs.mat'));
  expect(plain(await mat.readVariable(name))).toEqual(inOurWords(expected.structs[name]!, ''));
  await expect(mat.read(name)).rejects.toThrow(`structs.mat: ${name}: expected numbers, but found struct.`);
  await mat.close();
});

/** A scalar struct `s` of one field `a`, which is empty: changed, one thing at a time. */
function structErrors(): [string, Buffer, string][] {
  const words = (...numbers: readonly number[]) => Buffer.from(Int32Array.from(numbers).buffer);
  const small = (type: number, text: Buffer) =>
    Buffer.concat([words((text.length << 16) | type), text, Buffer.alloc(4 - text.length)]);
  const file = (sizes: readonly number[], length: Buffer, names: Buffer) => {
    const body = Buffer.concat([
      ...[words(6, 8, 2, 0), words(5, 8, ...sizes), small(1, Buffer.from('s')), length, names],
      words(14, 0),
    ]);
    const header = Buffer.alloc(128, ' ');
    header.writeUInt16LE(0x0100, 124);
    header.write('IM', 126, 'latin1');
    return Buffer.concat([header, words(14, body.length), body]);
  };
  const four = small(5, words(4));
  const a = small(1, Buffer.from('a\0\0\0'));
  return [
    [
      'has more structs than bytes',
      file([1, 2], four, a),
      ': s: byte 192: expected at most 1 structs, but found 2.',
    ],
    [
      'has structs without a length of names',
      file([1, 1], small(6, words(4)), a),
      ': s: byte 176: expected the length of names of fields, an int32, but found 4 of uint32.',
    ],
    [
      'has structs with a negative length of names',
      file([1, 1], small(5, words(-4)), a),
      ': s: byte 176: expected names of fields, each of -4 int8, but found 4 bytes of int8.',
    ],
    [
      'has structs with names cut short',
      file([1, 1], small(5, words(3)), a),
      ': s: byte 176: expected names of fields, each of 3 int8, but found 4 bytes of int8.',
    ],
  ];
}

it.each(structErrors())('openMat refuses a file that %s', async (_, bytes, message) => {
  const path = folder.join('damaged.mat');
  writeFileSync(path, bytes);
  await expect(readAll(path)).rejects.toThrow(`${path}${message}`);
});
