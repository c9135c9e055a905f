import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { createDataset, datasetStatus } from '../catalogue/createDataset.js';

const root = temporaryFolder(beforeEach, afterEach);
let file: string;
beforeEach(() => {
  mkdirSync(root.join('manifest'));
  file = root.join('manifest/manifest.jsonl');
});

function write(...lines: readonly (object | string)[]): void {
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  writeFileSync(file, text.join('\n'));
}

const open = (options: object = {}, seed = 0) =>
  createDataset('manifest', { root: root.path, options, seed });

describe('a manifest', () => {
  it('gives images, texts and labels by name', async () => {
    const picture = fileURLToPath(new URL('../../fixtures/images/rgb.png', import.meta.url));
    copyFileSync(picture, root.join('manifest/1.png'));
    write(
      { image: '1.png', text: 'two dogs', labels: ['dog', 'beach'], part: ['train', 'database'] },
      { image: picture, text: ['a cat', 'a tabby'], labels: ['cat'], part: 'query', id: 7 },
      '',
      { image: '1.png', text: '', labels: [], part: 'database' },
    );
    const dataset = await open();
    expect(dataset.classes).toEqual(['beach', 'cat', 'dog']);
    expect(dataset.split).toMatchObject({ seed: null, parts: { train: [0], query: [1], database: [0, 2] } });
    expect([...dataset.database.labels.words]).toEqual([0b101, 0]);
    expect(dataset.query.modalities).toEqual(['image', 'text']);
    const views = [[{ op: 'centerCrop', size: 8 } as const]];
    for await (const { texts, views: images } of dataset.query.batches({ batchSize: 1, views })) {
      expect(texts).toEqual(['a cat']);
      expect(images[0]!.shape).toEqual([1, 8, 8, 3]);
    }
    await dataset.dispose();
  });

  it('gives images alone, with numbers of classes, and cuts as the field does', async () => {
    write(...Array.from({ length: 20 }, (_, i) => ({ image: `${i}.jpg`, labels: [i % 3] })));
    const dataset = await open({ query: 4, train: 6 }, 1814);
    expect(dataset.classes).toEqual(['0', '1', '2']);
    expect(dataset.train.modalities).toEqual(['image']);
    // np.random.seed(1814); np.random.permutation(20)
    expect(dataset.split.parts).toMatchObject({ query: [6, 8, 4, 2], train: [10, 19, 15, 7, 18, 9] });
    expect(dataset.database.length).toBe(16);
    const { split } = await open();
    expect([split.parts['query']!.length, split.parts['train']!.length]).toEqual([2, 18]);
  });

  it('takes the classes and their order from classes.txt', async () => {
    writeFileSync(root.join('manifest/classes.txt'), 'dog\ncat\nunseen\n');
    write({ image: '1.jpg', labels: ['cat'] }, { image: '2.jpg', labels: ['dog'] });
    const { classes, database } = await open({}, 0);
    expect(classes).toEqual(['dog', 'cat', 'unseen']);
    expect([...database.labels.words]).toEqual([0b10]);
    write({ image: '1.jpg', labels: ['bird'] });
    await expect(open()).rejects.toThrow(
      `${file}:1: labels: expected the 3 classes that are named, but found "bird".`,
    );
  });

  it('may lie anywhere, and its images elsewhere', async () => {
    writeFileSync(
      root.join('mine.jsonl'),
      '{"image":"1.jpg","labels":[0]}\n{"image":"2.jpg","labels":[0]}\n',
    );
    expect((await open({ file: 'mine.jsonl', images: 'photos' })).query.length).toBe(1);
  });

  const good = { image: '1.jpg', text: 'a', labels: ['x'], part: 'train' };
  it.each([
    ['{"image": 1', /:2: expected JSON, but: /],
    [{ ...good, image: undefined }, ':2: image: Invalid input: expected string, received undefined.'],
    [
      { ...good, labels: undefined, lables: ['x'] },
      ':2: labels: Invalid input: expected array, received undefined.',
    ],
    [{ ...good, labels: [-1] }, ':2: labels.0: '],
    [
      { ...good, labels: [3] },
      ':2: labels: expected names of classes or their numbers, the same in all lines, but found both.',
    ],
    [{ ...good, text: undefined }, ':2: expected a text, as in line 1.'],
    [{ ...good, part: undefined }, ':2: expected a part, as in line 1.'],
    [{ ...good, part: 'test' }, ':2: part: '],
    [{ ...good, part: ['train', 'query'] }, ': expected no query in train, but found 1.jpg.'],
    [good, ': expected items in the part query, but found none.'],
  ])('refuses %j', async (line, message) => {
    write(good, line);
    const failure = await open().catch((error: Error) => error.message);
    if (typeof message === 'string') expect(failure).toContain(`${file}${message}`);
    else expect(failure).toMatch(message);
  });

  it('refuses an empty one, too few items, and says where it looked', async () => {
    write('');
    await expect(open()).rejects.toThrow(`${file}: expected a JSON object in each line, but it is empty.`);
    write({ image: '1.jpg', labels: [0] });
    await expect(open()).rejects.toThrow(
      'cutAtRandom: expected at least 2 items for 1 queries and some to train on, but got 1.',
    );
    rmSync(file);
    await expect(open()).rejects.toThrow(
      `createDataset: expected the manifest manifest.jsonl of "manifest" in ${root.path}/manifest/data or ${root.path}/manifest, but found none. Each line is an object such as`,
    );
    expect(await datasetStatus('manifest', root.path)).toEqual({
      found: false,
      detail: `put the manifest manifest.jsonl into ${root.path}/manifest/data`,
    });
  });
});
