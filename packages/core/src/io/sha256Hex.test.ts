import { expect, it } from '@jest/globals';
import { sha256Hex } from './sha256Hex.js';

it('is SHA-256: the example of FIPS 180-4', () => {
  const digest = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  expect(sha256Hex('abc')).toBe(digest);
  expect(sha256Hex(Uint8Array.of(97, 98, 99))).toBe(digest);
});
