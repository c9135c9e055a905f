import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { applyAugment, compileAugment } from '../augment/index.js';
import { decodeImage } from '../image/decodeImage.js';
import { openImageFolder } from './imageFolder.js';

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/images/${name}`, import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'image-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it.each([0, 1])('finds images at any depth, sorted, with %d workers', async (workers) => {
  mkdirSync(join(folder, 'b', 'c.png'), { recursive: true });
  copyFileSync(fixture('rgb.png'), join(folder, 'b', 'c.png', 'one.PNG'));
  copyFileSync(fixture('baseline.jpg'), join(folder, 'a.jpeg'));
  copyFileSync(fixture('baseline.jpg'), join(folder, 'Z.jpg'));
  writeFileSync(join(folder, 'notes.txt'), '');
  const { paths, samples, dispose } = await openImageFolder(folder, { workers });
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
  writeFileSync(join(folder, 'notes.txt'), '');
  await expect(openImageFolder(folder)).rejects.toThrow(
    `openImageFolder: ${folder}: expected JPEG, PNG, WebP or BMP images, but found none.`,
  );
});

it.each([0, 1])(
  'leaves images out that cannot be read, where that is asked for (%d workers)',
  async (workers) => {
    copyFileSync(fixture('rgb.png'), join(folder, 'good.png'));
    writeFileSync(join(folder, 'bad.jpg'), 'no image');
    const { paths, samples, skipped, dispose } = await openImageFolder(folder, {
      workers,
      badImages: 'skip',
    });
    expect([paths, samples.length]).toEqual([['good.png'], 1]);
    const reason = `${folder}/bad.jpg: expected a JPEG, PNG, WebP or BMP image, but it starts with the bytes 6e6f2069.`;
    expect(skipped).toEqual([{ position: 0, path: 'bad.jpg', reason }]);
    await dispose();
    rmSync(join(folder, 'good.png'));
    await expect(openImageFolder(folder, { workers, badImages: 'skip' })).rejects.toThrow(
      `openImageFolder: ${folder}: none of 1 images can be read: ${reason}`,
    );
  },
);
