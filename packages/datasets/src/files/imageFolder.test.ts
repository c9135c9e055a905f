import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { applyAugment, compileAugment } from '../augment/index.js';
import { decodeImage } from '../image/decodeImage.js';
import { openImageFolder } from './imageFolder.js';

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/images/${name}`, import.meta.url));

const folder = temporaryFolder(beforeEach, afterEach);

it.each([0, 1])('finds images at any depth, sorted, with %d workers', async (workers) => {
  mkdirSync(folder.join('b', 'c.png'), { recursive: true });
  copyFileSync(fixture('rgb.png'), folder.join('b', 'c.png', 'one.PNG'));
  copyFileSync(fixture('baseline.jpg'), folder.join('a.jpeg'));
  copyFileSync(fixture('baseline.jpg'), folder.join('Z.jpg'));
  writeFileSync(folder.join('notes.txt'), '');
  const { paths, samples, dispose } = await openImageFolder(folder.path, { workers });
  expect(paths).toEqual(['Z.jpg', 'a.jpeg', 'b/c.png/one.PNG']);
  expect(samples).toMatchObject({ length: 3, modalities: ['image'] });
  const view = [{ op: 'centerCrop', size: 8 }] as const;
  const pixels = new Float32Array(8 * 8 * 3);
  const image = await decodeImage(readFileSync(fixture('rgb.png')), 'rgb.png');
  applyAugment(compileAugment(view, 'view'), image, undefined, pixels, 0);
  for await (const { indices, views, labels } of samples.batches({
    batchSize: 3,
    order: Uint32Array.of(2),
    views: [view],
  })) {
    expect([...indices]).toEqual([2]);
    expect(labels.count).toBe(1);
    expect(views[0]!.data).toEqual(pixels);
  }
  await dispose();
});

it('refuses a folder without images', async () => {
  writeFileSync(folder.join('notes.txt'), '');
  await expect(openImageFolder(folder.path)).rejects.toThrow(
    `openImageFolder: ${folder.path}: expected JPEG, PNG, WebP or BMP images, but found none.`,
  );
});

it.each([0, 1])(
  'leaves images out that cannot be read, where that is asked for (%d workers)',
  async (workers) => {
    copyFileSync(fixture('rgb.png'), folder.join('good.png'));
    writeFileSync(folder.join('bad.jpg'), 'no image');
    const { paths, samples, skipped, dispose } = await openImageFolder(folder.path, {
      workers,
      badImages: 'skip',
    });
    expect([paths, samples.length]).toEqual([['good.png'], 1]);
    const reason = `${folder.path}/bad.jpg: expected a JPEG, PNG, WebP or BMP image, but it starts with the bytes 6e6f2069.`;
    expect(skipped).toEqual([{ position: 0, path: 'bad.jpg', reason }]);
    await dispose();
    rmSync(folder.join('good.png'));
    await expect(openImageFolder(folder.path, { workers, badImages: 'skip' })).rejects.toThrow(
      `openImageFolder: ${folder.path}: none of 1 images can be read: ${reason}`,
    );
  },
);
