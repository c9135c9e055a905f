import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { readRecords } from './readRecords.js';
import { CIFAR10, CIFAR100 } from './recordFormat.js';

const folder = temporaryFolder(beforeAll, afterAll);

/** A record whose red plane is `shade`, the green one the next shade, and the blue one counts its pixels. */
function record(labels: readonly number[], shade: number): Uint8Array {
  const planes = Uint8Array.from({ length: 3072 }, (_, i) =>
    i < 1024 ? shade : i < 2048 ? shade + 1 : i % 256,
  );
  return Uint8Array.of(...labels, ...planes);
}

function write(name: string, ...parts: readonly Uint8Array[]): string {
  const path = folder.join(name);
  writeFileSync(path, Buffer.concat(parts));
  return path;
}

describe('readRecords', () => {
  it('turns planes into pixels and puts one file behind the other', async () => {
    write('a.bin', record([3], 10), record([9], 20));
    write('b.bin', record([0], 30));
    const { pixels, classIds, counts } = await readRecords(
      folder.path,
      [{ name: 'a.bin' }, { name: 'b.bin' }],
      CIFAR10,
    );
    expect([...classIds]).toEqual([3, 9, 0]);
    expect(counts).toEqual([2, 1]);
    const all = new Uint8Array(pixels);
    expect(all).toHaveLength(3 * 3072);
    expect([...all.slice(0, 6)]).toEqual([10, 11, 0, 10, 11, 1]);
    expect([...all.slice(3072 + 32 * 3, 3072 + 33 * 3)]).toEqual([20, 21, 32]);
    expect([...all.slice(-3)]).toEqual([30, 31, 255]);
  });

  it('takes the fine label of CIFAR-100', async () => {
    write('fine.bin', record([19, 99], 0));
    const { classIds } = await readRecords(folder.path, [{ name: 'fine.bin' }], CIFAR100);
    expect([...classIds]).toEqual([99]);
  });

  it('names the byte of a wrong label', async () => {
    const path = write('label.bin', record([1], 0), record([10], 0));
    await expect(readRecords(folder.path, [{ name: 'label.bin' }], CIFAR10)).rejects.toThrow(
      `${path}: byte 3073: expected a label from 0 to 9, but found 10.`,
    );
    const fine = write('label100.bin', record([1, 100], 0));
    await expect(readRecords(folder.path, [{ name: 'label100.bin' }], CIFAR100)).rejects.toThrow(
      `${fine}: byte 1: expected a fine label from 0 to 99, but found 100.`,
    );
    const coarse = write('label20.bin', record([20, 0], 0));
    await expect(readRecords(folder.path, [{ name: 'label20.bin' }], CIFAR100)).rejects.toThrow(
      `${coarse}: byte 0: expected a coarse label from 0 to 19, but found 20.`,
    );
  });

  it('says where a file is cut short', async () => {
    const path = write('cut.bin', record([1], 0), record([1], 0).subarray(0, 100));
    await expect(readRecords(folder.path, [{ name: 'cut.bin' }], CIFAR10)).rejects.toThrow(
      `${path}: expected records of 3073 bytes, none of them cut short, but found 3173 bytes: 1 records, then 100 bytes at byte 3073.`,
    );
  });

  it('says when a file of known length has another', async () => {
    const path = write('short.bin', record([1], 0));
    await expect(readRecords(folder.path, [{ name: 'short.bin', records: 2 }], CIFAR10)).rejects.toThrow(
      `${path}: expected 6146 bytes (2 records of 3073), but found 3073 bytes: 1 records, then 0 bytes at byte 3073.`,
    );
  });

  it('refuses an empty file', async () => {
    const path = write('empty.bin');
    await expect(readRecords(folder.path, [{ name: 'empty.bin' }], CIFAR10)).rejects.toThrow(
      `${path}: expected records of 3073 bytes, none of them cut short, but found 0 bytes: 0 records, then 0 bytes at byte 0.`,
    );
  });

  it('says which file is missing', async () => {
    await expect(readRecords(folder.path, [{ name: 'none.bin' }], CIFAR10)).rejects.toThrow(
      `${folder.join('none.bin')}: expected a file, but there is none.`,
    );
  });
});
