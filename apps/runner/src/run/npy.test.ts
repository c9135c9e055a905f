import { describe, expect, it } from '@jest/globals';
import { decodeNpy, encodeNpy } from './npy.js';

/** `numpy.save` of `numpy.array([[1, 2, 3], [4, 5, 255]], numpy.uint8)`, NumPy 2.4.6. */
const NUMPY = Buffer.concat([
  Buffer.from('\x93NUMPY\x01\x00\x76\x00', 'latin1'),
  Buffer.from("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3), }".padEnd(0x75) + '\n'),
  Buffer.from([1, 2, 3, 4, 5, 255]),
]);
const matrix = { rows: 2, columns: 3, data: Uint8Array.of(1, 2, 3, 4, 5, 255) };
const edited = (from: string, to: string) =>
  Buffer.from(NUMPY.toString('latin1').replace(from, to), 'latin1');

describe('npy', () => {
  it('writes the bytes that NumPy writes', () =>
    expect(Buffer.concat(encodeNpy(matrix)).toString('hex')).toBe(NUMPY.toString('hex')));

  it('reads them, at any offset of a buffer', () => {
    const shifted = new Uint8Array(Buffer.concat([Buffer.alloc(3), NUMPY])).subarray(3);
    const { rows, columns, data } = decodeNpy(shifted, 'a.npy');
    expect({ rows, columns, data: new Uint8Array(data) }).toEqual(matrix);
  });

  it('takes a matrix without rows', () => {
    const file = Buffer.concat(encodeNpy({ rows: 0, columns: 4, data: new Uint8Array() }));
    expect(decodeNpy(file, 'a.npy')).toMatchObject({ rows: 0, columns: 4 });
  });

  it.each([
    [
      'an empty file',
      Buffer.alloc(0),
      'a.npy: expected a .npy file, but got one that begins with (nothing).',
    ],
    ['another format', Buffer.from('PK\x03\x04 zip, not npy'), 'begins with 504b0304207a.'],
    [
      'a later version',
      edited('NUMPY\x01', 'NUMPY\x02'),
      'expected version 1 of the .npy format, but got 2.',
    ],
    ['a truncated header', NUMPY.subarray(0, 40), 'a.npy: expected a header of 118 bytes, but got 30.'],
    ['truncated data', NUMPY.subarray(0, -1), 'expected 6 bytes of data for shape [2, 3], but got 5.'],
    ['floats', edited('|u1', '<f4'), "expected a matrix of uint8 in C order, but got {'descr': '<f4'"],
  ])('refuses %s', (_, bytes, message) => expect(() => decodeNpy(bytes, 'a.npy')).toThrow(message));
});
