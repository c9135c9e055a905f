import { mkdirSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { writeNpy } from '@hash/core/files';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { createDataset } from '../catalogue/createDataset.js';
import { readSplit } from './readSplit.js';
import { recordSplit } from './splitSha256.js';

const folder = temporaryFolder(beforeEach, afterEach);

const items = { count: 6, names: ['a.jpg', 'b c.jpg', '2', 'd.jpg', 'e.jpg', 'f.jpg'] };
const read = (path = folder.path) => readSplit(path, items, 'mine');
const write = (name: string, content: string | object) =>
  writeFileSync(folder.join(name), typeof content === 'string' ? content : JSON.stringify(content));

describe('readSplit', () => {
  it("takes a run's split.json as it is", async () => {
    const record = recordSplit('cifar10-1', 3, { train: [0, 1], query: [5], database: [0, 1, 2] });
    write('split.json', record);
    expect(await read(folder.join('split.json'))).toEqual(record);
  });

  it('takes lists of names and positions; train is searched where there is no other list', async () => {
    write('train.txt', 'a.jpg 0 1 0\nb c.jpg\n\n2\n3 1\r\n');
    write('test.txt', 'f.jpg');
    const parts = { train: [0, 1, 2, 3], query: [5], database: [0, 1, 2, 3] };
    expect(await read()).toEqual(
      recordSplit(`mine, split of ${folder.path.split('/').at(-1)!}`, null, parts),
    );
  });

  it('takes .npy files of positions, and a validation split (DGCPN)', async () => {
    const lists = { train: [0], test: [1, 2], database: [0, 3], val: [4] };
    for (const [name, positions] of Object.entries(lists)) {
      const data = BigInt64Array.from(positions, BigInt);
      await writeNpy(folder.join(`${name}_num.npy`), { dtype: 'int64', shape: [data.length], data });
    }
    const { parts } = await read();
    expect(parts).toEqual({ train: [0], query: [1, 2], database: [0, 3], validation: [4] });
  });

  it.each([
    [{ parts: { query: [6], train: [0] } }, ': query: expected positions from 0 to 5, but found 6.'],
    [{ parts: { query: [1, 1], train: [0] } }, ': query: expected each position once, but found 1 twice.'],
    [{ parts: { query: [1], train: [1] } }, ': expected no query in train, but found b c.jpg.'],
    [{ parts: { query: [1] } }, ': expected items in the parts train or database, but found none.'],
    [{ parts: { train: [1] } }, ': expected items in the part query, but found none.'],
    [{ parts: { train: ['a'] } }, ': parts.train.0: '],
    ['{"parts"', ': expected JSON, but: '],
    [
      { parts: { query: [1], train: [0] }, sha256: 'f00' },
      ': expected parts whose SHA-256 is f00, but theirs is ',
    ],
  ])('refuses %j', async (content, message) => {
    write('split.json', content);
    const path = folder.join('split.json');
    await expect(read(path)).rejects.toThrow(`${path}${message}`);
  });

  it('names the line of a list that is wrong', async () => {
    write('train.txt', 'a.jpg\nz.jpg 0 1\n');
    await expect(read()).rejects.toThrow(
      `${folder.path}/train.txt:2: expected an item of the data set, or its position, but found z.jpg.`,
    );
  });
});

it('createDataset uses the split of a file, and its validation split', async () => {
  const options = { size: 16, train: 4, query: 2, database: 3 };
  mkdirSync(folder.join('lists'));
  write('lists/train.txt', '8\n7\n');
  write('lists/query.txt', '0\n');
  write('lists/validation.txt', '1\n');
  const { split, validation, database } = await createDataset('shapes', {
    options,
    split: folder.join('lists'),
  });
  expect(split.protocol).toBe('shapes, split of lists');
  expect(split.parts).toEqual({ train: [8, 7], query: [0], database: [8, 7], validation: [1] });
  expect([validation!.length, database.length]).toEqual([1, 2]);
});
