import { appendFileSync, existsSync, truncateSync, statSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../testing/temporaryFolder.js';
import { readNpy } from './npy.js';
import { NpyRowReader } from './npyRowReader.js';
import { NpyRowWriter } from './npyRowWriter.js';
import { writeNpy } from './writeNpy.js';

const folder = temporaryFolder(beforeEach, afterEach);
let path: string;
beforeEach(() => {
  path = folder.join('array.npy');
});

const info = { dtype: 'float32', shape: [4, 2, 1] } as const;
const rows = (...values: number[]) => Float32Array.from(values.flatMap((value) => [value, -value]));

describe('NpyRowWriter', () => {
  it('writes what writeNpy writes', async () => {
    const writer = await NpyRowWriter.open(path, info);
    await writer.append(rows(1, 2, 3));
    await writer.append(rows(0, 4).subarray(2));
    expect(existsSync(path)).toBe(false);
    await writer.finish();
    const whole = folder.join('whole.npy');
    await writeNpy(whole, { ...info, data: rows(1, 2, 3, 4) });
    expect(readFileSync(path).equals(readFileSync(whole))).toBe(true);
    expect(existsSync(`${path}.part`)).toBe(false);
  });

  it('goes on behind the last whole row', async () => {
    const first = await NpyRowWriter.open(path, info);
    await first.append(rows(1, 2));
    await first.close();
    truncateSync(`${path}.part`, statSync(`${path}.part`).size - 1);
    const second = await NpyRowWriter.open(path, info);
    expect(second.rows).toBe(1);
    await second.append(rows(5, 6, 7));
    await second.finish();
    expect((await readNpy(path)).data).toEqual(rows(1, 5, 6, 7));
  });

  it('drops what is more than the array', async () => {
    const first = await NpyRowWriter.open(path, info);
    await first.append(rows(1, 2, 3, 4));
    await first.close();
    appendFileSync(`${path}.part`, 'more');
    const second = await NpyRowWriter.open(path, info);
    await second.finish();
    expect((await readNpy(path)).data).toEqual(rows(1, 2, 3, 4));
  });

  it.each([{ shape: [4, 1, 2] }, { dtype: 'int32' as const }])(
    'begins anew with another array, %j',
    async (other) => {
      const first = await NpyRowWriter.open(path, { ...info, ...other });
      await first.append(rows(1, 2));
      await first.close();
      const second = await NpyRowWriter.open(path, info);
      expect(second.rows).toBe(0);
      await second.close();
    },
  );

  it('refuses rows in part, too many and too few', async () => {
    const writer = await NpyRowWriter.open(path, info);
    await writer.append(rows(1, 2));
    await expect(writer.append(Float32Array.of(1, 2, 3))).rejects.toThrow(
      `NpyRowWriter.append: ${path}: expected at most 2 rows of 8 bytes, but got 12 bytes.`,
    );
    await expect(writer.append(rows(1, 2, 3))).rejects.toThrow(/at most 2 rows of 8 bytes, but got 24 bytes/);
    await expect(writer.finish()).rejects.toThrow(
      `NpyRowWriter.finish: ${path}: expected 4 rows, but got 2.`,
    );
    await writer.close();
  });
});

describe('NpyRowReader', () => {
  it('reads rows in the order asked for', async () => {
    await writeNpy(path, { ...info, data: rows(1, 2, 3, 4) });
    const reader = await NpyRowReader.open(path);
    expect(reader.info).toEqual(info);
    expect(await reader.read(Uint32Array.of(3, 0, 1, 1))).toEqual(rows(4, 1, 2, 2));
    expect(await reader.read(new Uint32Array())).toEqual(rows());
    await expect(reader.read(Uint32Array.of(4))).rejects.toThrow(
      `NpyRowReader.read: ${path}: expected rows below 4, but got 4.`,
    );
    await reader.close();
  });

  it('refuses a truncated file, Fortran order and a single value', async () => {
    await writeNpy(path, { ...info, data: rows(1, 2, 3, 4) });
    truncateSync(path, statSync(path).size - 1);
    await expect(NpyRowReader.open(path)).rejects.toThrow(/expected 32 bytes of values .* but found 31/);
    await writeNpy(path, { dtype: 'float32', shape: [], data: Float32Array.of(1) });
    await expect(NpyRowReader.open(path)).rejects.toThrow(
      `${path}: expected rows in C order, but found a single value.`,
    );
    await writeNpy(path, { ...info, data: rows(1, 2, 3, 4) });
    writeFileSync(
      path,
      readFileSync(path, 'latin1').replace("'fortran_order': False,", "'fortran_order': True, "),
      'latin1',
    );
    await expect(NpyRowReader.open(path)).rejects.toThrow(
      `${path}: expected rows in C order, but found [4, 2, 1] in Fortran order.`,
    );
  });
});
