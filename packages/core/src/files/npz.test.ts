import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../testing/temporaryFolder.js';
import { toFloat32, type NumericArray } from './numericArray.js';
import { openNpz } from './npz.js';

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../fixtures/npz/${name}`, import.meta.url));

interface Expected {
  readonly dtype: string;
  readonly shape: number[];
  /** As Python prints them. */
  readonly values: string[];
}
const expected = JSON.parse(readFileSync(fixture('../npz.json'), 'utf8')) as Record<string, Expected>;

function parsePython(text: string, dtype: string): number | bigint {
  if (dtype.endsWith('64') && !dtype.startsWith('float')) return BigInt(text);
  const words: Record<string, number> = { True: 1, False: 0, inf: Infinity, '-inf': -Infinity };
  return words[text] ?? Number(text);
}

/** The values that the array stands for; those of half precision are kept as bits. */
function valuesOf(array: NumericArray): (number | bigint)[] {
  return array.dtype === 'float16' ? [...toFloat32(array)] : [...array.data];
}

describe.each(['stored.npz', 'deflated.npz', 'zip64.npz'])('openNpz of %s', (name) => {
  it('reads what NumPy reads', async () => {
    const file = await openNpz(fixture(name));
    const names = name === 'zip64.npz' ? ['f4', 'fortran'] : Object.keys(expected);
    expect([...file.arrays.keys()]).toEqual(names);
    for (const key of names) {
      const { dtype, shape, values } = expected[key]!;
      expect(file.arrays.get(key)).toEqual({ dtype, shape });
      const array = await file.read(key);
      expect(array).toMatchObject({ dtype, shape });
      expect(valuesOf(array)).toEqual(values.map((text) => parsePython(text, dtype)));
    }
    await file.close();
  });

  it('reads in any order, and at once', async () => {
    const file = await openNpz(fixture(name));
    const [first, second] = await Promise.all([file.read('fortran'), file.read('f4')]);
    expect([first.shape, second.shape]).toEqual([
      [2, 3, 4],
      [2, 5],
    ]);
    await expect(file.read('other')).rejects.toThrow(
      `${fixture(name)}: other.npy: the archive has no such member.`,
    );
    await file.close();
  });
});

describe('openNpz of a damaged or hostile file', () => {
  const folder = temporaryFolder(beforeAll, afterAll);
  let path: string;
  const stored = readFileSync(fixture('stored.npz'));
  const deflated = readFileSync(fixture('deflated.npz'));
  beforeAll(() => {
    path = folder.join('damaged.npz');
  });

  async function readAll(bytes: Buffer): Promise<void> {
    writeFileSync(path, bytes);
    const file = await openNpz(path);
    try {
      for (const name of file.arrays.keys()) await file.read(name);
    } finally {
      await file.close();
    }
  }

  /** Where the directory's entry of a member starts. */
  function entryOf(bytes: Buffer, member: string): number {
    const at = bytes.lastIndexOf(`${member}.npy`) - 46;
    expect(bytes.readUInt32LE(at)).toBe(0x02014b50);
    return at;
  }
  function changed(bytes: Buffer, change: (bytes: Buffer) => void): Buffer {
    const copy = Buffer.from(bytes);
    change(copy);
    return copy;
  }
  const renamed = (from: string, to: string): Buffer =>
    changed(stored, (bytes) => {
      for (let at = bytes.indexOf(from); at >= 0; at = bytes.indexOf(from)) bytes.write(to, at, 'latin1');
    });

  it.each([
    ['is empty', Buffer.alloc(0), /End of central directory record signature not found/],
    ['is truncated', stored.subarray(0, 3000), /End of central directory record signature not found/],
    [
      'has a changed value',
      changed(stored, (bytes) => bytes.writeFloatLE(7, bytes.indexOf(Buffer.from('0000c03f', 'hex')))),
      /f4\.npy: expected checksum [0-9a-f]{8}, but found [0-9a-f]{8}\.$/,
    ],
    [
      'has damaged packed bytes',
      changed(deflated, (bytes) => bytes.fill(0xff, 45, 60)),
      /b1\.npy: damaged: invalid .*\.$/,
    ],
    [
      'unpacks to more than it says',
      changed(deflated, (bytes) => bytes.writeUInt32LE(200, entryOf(bytes, 'repetitive') + 24)),
      /repetitive\.npy: expected 200 bytes once unpacked, but found more\.$/,
    ],
    [
      'says that it unpacks to a gigabyte',
      changed(deflated, (bytes) => bytes.writeUInt32LE(2 ** 30, entryOf(bytes, 'repetitive') + 24)),
      /expected repetitive\.npy, \d+ bytes, to unpack to at most \d+, but found 1073741824\.$/,
    ],
    [
      'has a member that is larger than the file',
      changed(stored, (bytes) => {
        bytes.writeUInt32LE(2 ** 31, entryOf(bytes, 'f4') + 20);
        bytes.writeUInt32LE(2 ** 31, entryOf(bytes, 'f4') + 24);
      }),
      /f4\.npy: damaged: file data overflows file bounds/,
    ],
    [
      'is encrypted',
      changed(deflated, (bytes) => bytes.writeUInt16LE(1, entryOf(bytes, 'f4') + 8)),
      /not a zip archive that can be read: f4\.npy is encrypted\.$/,
    ],
    [
      'leads out of its folder',
      renamed('nested/name', '../../../na'),
      /not a zip archive that can be read: invalid relative path: \.\.\/\.\.\/\.\.\/na/,
    ],
    ['has an absolute path', renamed('nested/name', '/etc/passwd'), /absolute path: \/etc\/passwd/],
    ['has a backslash', renamed('nested/name', '..\\..\\name'), /invalid characters in fileName/],
    ['has a member twice', renamed('u4.npy', 'u8.npy'), /it has u8\.npy twice\.$/],
    [
      'has another member',
      renamed('u4.npy', 'u4.txt'),
      /expected members named \*\.npy, but found u4\.txt\.$/,
    ],
    [
      'has a directory behind its end',
      changed(readFileSync(fixture('stored.npz')), (bytes) =>
        bytes.writeUInt32LE(0xfffffff0, bytes.length - 6),
      ),
      /the directory leads to byte 4294967326 of \d+\.$/,
    ],
  ])('refuses one that %s', async (_, bytes, message) => {
    await expect(readAll(bytes)).rejects.toThrow(message);
    await expect(readAll(bytes)).rejects.toThrow(path);
  });

  it('refuses a 64-bit offset that fs cannot read, without a crash', async () => {
    const locator = Buffer.alloc(20);
    locator.writeUInt32LE(0x07064b50, 0);
    locator.writeBigUInt64LE(2n ** 60n, 8);
    const end = stored.length - 22;
    const bytes = Buffer.concat([stored.subarray(0, end), locator, stored.subarray(end)]);
    await expect(readAll(bytes)).rejects.toThrow(/the directory leads to byte 1152921504606847000 of \d+\.$/);
  });

  it('refuses other methods of packing', async () => {
    await expect(openNpz(fixture('bzip2.npz'))).rejects.toThrow(
      'expected ramp.npy to be stored or deflated (method 0 or 8), but found 12.',
    );
  });
});
