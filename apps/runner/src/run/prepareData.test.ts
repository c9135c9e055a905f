import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { runLine } from '../runLine.testing.js';

const images = fileURLToPath(new URL('../../../../packages/datasets/fixtures/images', import.meta.url));

const data = temporaryFolder(beforeEach, afterEach);
beforeEach(() => {
  for (const name of ['a', 'b']) {
    mkdirSync(data.join('folder', name), { recursive: true });
    copyFileSync(join(images, 'baseline.jpg'), data.join('folder', name, '1.jpg'));
    copyFileSync(join(images, 'rgb.png'), data.join('folder', name, '2.png'));
  }
});

const prepare = (more: string) =>
  runLine(data.path, `data prepare folder --data ${data.path} --workers 0 ${more}`);

it('packs the images of a data set, once', async () => {
  const folder = data.join('folder', '.packed', '16-bicubic');
  const first = await prepare('--size 16 --interpolation bicubic');
  expect(first).toMatchObject({ code: 0, stdout: `packed images: 4\n${folder}\n` });
  const again = await prepare('--size 16 --interpolation bicubic --json');
  expect(JSON.parse(again.stdout)).toEqual({ folder, kept: 4, added: 0, bad: [] });
  expect(existsSync(join(folder, 'pixels.bin'))).toBe(true);
});

it('takes options of the data set', async () => {
  const lists = data.join('mine');
  mkdirSync(lists);
  for (const [part, image] of [
    ['train', 'a/1.jpg'],
    ['test', 'b/1.jpg'],
    ['database', 'a/2.png'],
  ] as const)
    writeFileSync(join(lists, `${part}.txt`), `${image} 1 0\n`);
  const settings = '--set folder=mine --set images=folder';
  const result = await runLine(
    data.path,
    `data prepare files --data ${data.path} --workers 0 --size 16 ${settings}`,
  );
  const packed = data.join('folder', '.packed', '16-bilinear');
  expect(result).toMatchObject({ code: 0, stdout: `packed images: 3\n${packed}\n` });
});

it('ends at an image that cannot be read, or leaves it out', async () => {
  const path = data.join('folder', 'b', '2.png');
  writeFileSync(path, readFileSync(path).subarray(0, 100));
  const reason = `${path}: the PNG image cannot be decoded: `;
  await expect(prepare('--size original')).resolves.toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`error: ${reason}`) as unknown,
  });
  const { code, stdout } = await prepare('--size original --bad-images skip');
  expect([code, stdout]).toEqual([0, expect.stringContaining(`left out: 1\n  ${reason}`)]);
});

it.each([
  ['data prepare foldr --size 8', "Unknown data set 'foldr'. Did you mean 'folder'? Known: shapes, "],
  ['data prepare shapes --size 8 --bad-images skip', '--bad-images: shapes is not made of image files.'],
  ['data prepare folder --size 0', "'0' is invalid. Expected an integer of at least 1, but got '0'."],
  ['data prepare folder --size 8 --set folde=x', "--set: unknown key 'folde'. Did you mean 'folder'?"],
  ['data prepare folder', "required option '--size <pixels>' not specified"],
  ['train wch --bad-images skip', '--bad-images: shapes is not made of image files.'],
])('refuses %s as wrong usage', async (line, message) => {
  const { code, stderr } = await runLine(data.path, line);
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
});
