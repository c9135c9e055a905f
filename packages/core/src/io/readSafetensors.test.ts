import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../testing/temporaryFolder.js';
import { readSafetensors } from './readSafetensors.js';

const fixture = (name: string) =>
  fileURLToPath(new URL(`../../fixtures/${name}.safetensors`, import.meta.url));

const folder = temporaryFolder(beforeEach, afterEach);
let path: string;
beforeEach(() => {
  path = folder.join('x.safetensors');
});

/** A file of any header and any number of zeros after it. */
function file(header: unknown, dataBytes: number): Buffer {
  const json = Buffer.isBuffer(header)
    ? header
    : Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, Buffer.alloc(dataBytes)]);
}

const tensor = (begin: number, end: number, shape = [(end - begin) / 4], dtype = 'F32') => ({
  dtype,
  shape,
  data_offsets: [begin, end],
});

describe('readSafetensors', () => {
  it('reads what the reference implementation wrote', async () => {
    const { tensors, metadata } = await readSafetensors(fixture('written'));
    expect(metadata).toEqual({ format: 'pt' });
    const weight = Float32Array.of(0.5, -1.25, 3e-40, Infinity, -0, 65504);
    expect(Object.fromEntries(tensors)).toEqual({
      'head.weight': { dtype: 'float32', shape: [2, 3], data: weight },
      'head.bias': { dtype: 'float32', shape: [0], data: new Float32Array() },
      steps: { dtype: 'int32', shape: [], data: Int32Array.of(-7) },
      pixels: { dtype: 'uint8', shape: [3], data: Uint8Array.of(0, 128, 255) },
      mask: { dtype: 'bool', shape: [3, 1], data: Uint8Array.of(1, 0, 1) },
      'a "quoted" naïve name': { dtype: 'float32', shape: [1], data: Float32Array.of(1) },
    });
  });

  it('widens F16 and narrows I64', async () => {
    const { tensors } = await readSafetensors(fixture('widened'));
    const half = Float32Array.of(1.5, -65504, 2 ** -24, 1023 * 2 ** -24, Infinity, 1638 * 2 ** -14);
    expect(tensors.get('half')).toEqual({ dtype: 'float32', shape: [6], data: half });
    const long = Int32Array.of(2 ** 31 - 1, -(2 ** 31), 0);
    expect(tensors.get('long')).toEqual({ dtype: 'int32', shape: [3], data: long });
  });

  it('widens BF16, I8 and I16', async () => {
    const header = {
      brain: { dtype: 'BF16', shape: [2], data_offsets: [0, 4] },
      short: { dtype: 'I16', shape: [2], data_offsets: [4, 8] },
      byte: { dtype: 'I8', shape: [1, 3], data_offsets: [8, 11] },
    };
    const bytes = file(header, 11);
    // bfloat16 has the sign, the exponent and the first 7 bits of a float32: 1.5 is 3fc0, -2^-126 is 8080.
    Buffer.from('c03f8080ff7f0080ff0180', 'hex').copy(bytes, bytes.length - 11);
    await writeFile(path, bytes);
    expect(Object.fromEntries((await readSafetensors(path)).tensors)).toEqual({
      brain: { dtype: 'float32', shape: [2], data: Float32Array.of(1.5, -(2 ** -126)) },
      short: { dtype: 'int32', shape: [2], data: Int32Array.of(32767, -32768) },
      byte: { dtype: 'int32', shape: [1, 3], data: Int32Array.of(-1, 1, -128) },
    });
  });

  it.each([
    ['tooLong', "tensor 'long': expected values that fit into 32 bits, but got 2147483648 at element 1."],
    [
      'double',
      `tensor 'double': expected dtype to be one of F32, I32, U8, BOOL, F16, BF16, I8, I16, I64, but got "F64".`,
    ],
  ])('refuses %s', async (name, message) => {
    await expect(readSafetensors(fixture(name))).rejects.toThrow(
      `readSafetensors: ${fixture(name)}: ${message}`,
    );
  });

  it('reads an empty file of the format', async () => {
    await writeFile(path, file('{}', 0));
    expect(await readSafetensors(path)).toEqual({ tensors: new Map(), metadata: {} });
  });

  it('keeps names that JavaScript knows otherwise', async () => {
    const names = ['__proto__', 'constructor', '7', ''];
    const items = names.map(
      (name, i) => `${JSON.stringify(name)}:${JSON.stringify(tensor(4 * i, 4 * i + 4))}`,
    );
    await writeFile(path, file(`{${items.join(',')}}`, 16));
    expect([...(await readSafetensors(path)).tensors.keys()]).toEqual(names);
  });

  it.each<[string, Buffer, string]>([
    ['an empty file', Buffer.alloc(0), 'expected at least 8 bytes, but got 0.'],
    ['half a length', Buffer.alloc(7), 'expected at least 8 bytes, but got 7.'],
    [
      'a length that no header has',
      Buffer.alloc(16, 255),
      'expected a header of at most 100000000 bytes, but bytes 0 to 7 say 18446744073709551615.',
    ],
    [
      'a header longer than the file',
      file('{}', 0).subarray(0, 9),
      'expected a header of 2 bytes from byte 8 on, but the file ends at byte 9.',
    ],
    [
      'a header of no bytes',
      file('', 4),
      'expected the header to be JSON, but got: Unexpected end of JSON input',
    ],
    [
      'a header that is not UTF-8',
      file(Buffer.of(0x7b, 0x22, 0xff, 0x22, 0x7d), 0),
      'expected the header to be UTF-8, but got other bytes.',
    ],
    ['a header that is a list', file('[]', 0), 'expected the header to be a JSON object.'],
    [
      'a name twice',
      file(`{"a":${JSON.stringify(tensor(0, 4))},"a":${JSON.stringify(tensor(4, 8))}}`, 8),
      "expected each name once in the header, but got 'a' twice.",
    ],
    [
      'metadata that is no text',
      file({ __metadata__: { a: 1 } }, 0),
      '__metadata__: expected an object of texts, but got {"a":1}.',
    ],
    ['a tensor that is a number', file({ a: 1 }, 0), "tensor 'a': expected a JSON object, but got 1."],
    [
      'an unknown key',
      file({ a: { ...tensor(0, 4), strides: [1] } }, 4),
      "tensor 'a': expected the keys dtype, shape and data_offsets, but got also 'strides'.",
    ],
    [
      'a dtype that objects inherit',
      file({ a: tensor(0, 4, [1], 'toString') }, 4),
      `tensor 'a': expected dtype to be one of F32, I32, U8, BOOL, F16, BF16, I8, I16, I64, but got "toString".`,
    ],
    [
      'no dtype',
      file({ a: { shape: [1], data_offsets: [0, 4] } }, 4),
      "tensor 'a': expected dtype to be one of F32, I32, U8, BOOL, F16, BF16, I8, I16, I64, but got nothing.",
    ],
    [
      'a negative size',
      file({ a: tensor(0, 4, [-1, -1]) }, 4),
      "tensor 'a': expected shape to be a list of sizes, but got [-1,-1].",
    ],
    [
      'half a size',
      file({ a: tensor(0, 4, [0.5]) }, 4),
      "tensor 'a': expected shape to be a list of sizes, but got [0.5].",
    ],
    [
      'a shape of a hundred texts',
      file({ a: { dtype: 'F32', shape: Array(100).fill('x'), data_offsets: [0, 4] } }, 4),
      `tensor 'a': expected shape to be a list of sizes, but got ["x","x","x","x","x","x","x","x","x","x","x","x","x","x",....`,
    ],
    [
      'one offset',
      file({ a: { dtype: 'F32', shape: [1], data_offsets: [0] } }, 4),
      "tensor 'a': expected data_offsets to be two positions, but got [0].",
    ],
    [
      'a size that does not fit the shape',
      file({ a: tensor(0, 8, [3]) }, 8),
      "tensor 'a': expected 12 bytes for F32 of shape [3], but got data_offsets [0, 8].",
    ],
    [
      'offsets in the wrong order',
      file({ a: tensor(4, 0, [1]) }, 4),
      "tensor 'a': expected 4 bytes for F32 of shape [1], but got data_offsets [4, 0].",
    ],
    [
      'a shape beyond all numbers',
      file({ a: tensor(0, 4, Array<number>(40).fill(2 ** 50)) }, 4),
      `tensor 'a': expected Infinity bytes for F32 of shape [${Array(40)
        .fill(2 ** 50)
        .join(', ')}], but got data_offsets [0, 4].`,
    ],
    [
      'tensors that overlap',
      file({ a: tensor(0, 8), b: tensor(4, 12) }, 12),
      "tensor 'b': expected its data to begin at byte 8 after the header, but got 4.",
    ],
    [
      'a gap between tensors',
      file({ b: tensor(8, 12), a: tensor(0, 4) }, 12),
      "tensor 'b': expected its data to begin at byte 4 after the header, but got 8.",
    ],
    [
      'bytes before the first tensor',
      file({ a: tensor(4, 8) }, 8),
      "tensor 'a': expected its data to begin at byte 0 after the header, but got 4.",
    ],
    [
      'a truncated file',
      file({ a: tensor(0, 8) }, 7),
      'expected 8 bytes of data after the header, but got 7.',
    ],
    [
      'bytes after the end',
      file({ a: tensor(0, 8) }, 9),
      'expected 8 bytes of data after the header, but got 9.',
    ],
    [
      'a truth value of 2',
      Buffer.concat([file({ a: tensor(0, 2, [2], 'BOOL') }, 0), Buffer.of(1, 2)]),
      "tensor 'a': expected 0 or 1, but got 2 at element 1.",
    ],
  ])('refuses %s', async (_, bytes, message) => {
    await writeFile(path, bytes);
    await expect(readSafetensors(path)).rejects.toMatchObject({
      message: `readSafetensors: ${path}: ${message}`,
    });
  });

  it('refuses a file cut at any byte', async () => {
    const whole = await readFile(fixture('written'));
    await writeFile(path, whole);
    for (let length = whole.length - 1; length >= 0; length--) {
      await truncate(path, length);
      await expect(readSafetensors(path)).rejects.toThrow(`readSafetensors: ${path}: expected `);
    }
  });

  it('reads or refuses a file with any bytes changed, and never fails otherwise', async () => {
    const whole = await readFile(fixture('written'));
    const change = fc.record({ at: fc.nat(whole.length - 1), byte: fc.nat(255) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const bytes = Buffer.from(whole);
        for (const { at, byte } of changes) bytes[at] = byte;
        await writeFile(path, bytes);
        await readSafetensors(path).catch((error: Error) => {
          expect(error.message).toMatch(/^readSafetensors: .*: .*expected /);
        });
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('passes the system error on where there is no file', async () => {
    await expect(readSafetensors(path)).rejects.toThrow(`ENOENT: no such file or directory, open '${path}'`);
  });
});
