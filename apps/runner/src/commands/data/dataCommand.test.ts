import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { runLine } from '../../runLine.testing.js';

const picture = fileURLToPath(
  new URL('../../../../../packages/datasets/fixtures/images/rgb.png', import.meta.url),
);

const cwd = temporaryFolder(beforeEach, afterEach);
beforeEach(() => {
  for (const kind of ['dog', 'cat']) {
    mkdirSync(cwd.join('pets', kind), { recursive: true });
    for (const i of [1, 2, 3]) copyFileSync(picture, cwd.join('pets', kind, `${i}.png`));
  }
});

const run = (line: string) => runLine(cwd.path, `data ${line}`, { HASH_DATA: cwd.path });

describe('data', () => {
  it('lists, with published counts, and says what is here', async () => {
    const { code, stdout } = await run('list');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^data set +what it is +classes +query +train +database +here\nshapes .* yes\n/);
    expect(stdout).toMatch(/\ncoco +MS COCO 2014 +80 +5,000 +10,000 +117,218\n/);
    const listed = JSON.parse((await run('list --json')).stdout) as { name: string; found: boolean }[];
    expect(listed.filter(({ found }) => found).map(({ name }) => name)).toEqual(['shapes', 'shapes-multi']);
  });

  it('tells of one what there is to know', async () => {
    const { stdout } = await run('info coco-captions');
    expect(stdout).toMatch(/^coco-captions\nwhat it is +MS COCO/);
    expect(stdout).toContain('80 classes, 5,000 query, 10,000 train, 117,218 database');
    expect(stdout).toMatch(/\nsplitSeed +1814 /);
    expect((await run('info cifar10')).stdout).toContain('hash-runner data download cifar10');
    expect(JSON.parse((await run('info folder --json')).stdout)).toMatchObject({
      name: 'folder',
      found: false,
    });
  });

  it('checks: fine, then with something wrong', async () => {
    const fine = await run('check folder --set folder=pets --workers 0');
    expect(fine).toMatchObject({ code: 0 });
    expect(fine.stdout).toMatch(/\nquery +2 *\n/);
    expect(fine.stdout).toMatch(/\n6 images looked at\n✓ folder can be used\n$/);
    writeFileSync(cwd.join('pets/cat/2.png'), 'no image');
    const wrong = await run('check folder --set folder=pets --workers 0');
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('a problem must be mended') });
    expect(wrong.stdout).toContain(`✗ ${cwd.path}/pets/cat/2.png: `);
    expect((await run('check folder --set folder=pets --no-decode')).code).toBe(0);
  });

  it('checks a split that somebody has made', async () => {
    writeFileSync(cwd.join('split.json'), JSON.stringify({ parts: { query: [0], train: [0, 9] } }));
    const { code, stdout } = await run('check folder --set folder=pets --split split.json');
    expect(code).toBe(1);
    expect(stdout).toContain(`✗ ${cwd.path}/split.json: train: expected positions from 0 to 5, but found 9.`);
  });

  it.each([
    ['check pet', 2, "Unknown data set 'pet'. Known: shapes,"],
    ['check cocoo', 2, "Unknown data set 'cocoo'. Did you mean 'coco'?"],
    ['check folder --set fodler=pets', 2, "--set: unknown key 'fodler'. Did you mean 'folder'?"],
    ['check folder --set query=some', 2, '--set query: '],
    ['check folder', 1, 'folder: a problem must be mended first.'],
    ['info', 2, "missing required argument 'set'"],
    [
      'download coco',
      2,
      'coco cannot be downloaded by a program. It is published at https://cocodataset.org.',
    ],
    ['build cocoa --from a --to b', 2, "No builder of 'cocoa'. Did you mean 'coco'? There are: nuswide_21,"],
    ['build coco --to b', 2, "required option '--from <folder>' not specified"],
    [
      'build coco --from absent --to b',
      1,
      'absent: expected annotations/instances_train2017.json, but there is none.',
    ],
    ['chek', 2, '(Did you mean check?)'],
  ])('%s: code %d', async (line, code, message) => {
    const result = await run(line);
    expect(result.code).toBe(code);
    expect(result.stderr).toContain(message);
  });

  it('builds lists of a release, which then are checked', async () => {
    const files = { 'images.txt': 'a 1/1.png\nb 1/2.png\n', 'classes.txt': '1 a bird\n' };
    mkdirSync(cwd.join('release/images/1'), { recursive: true });
    for (const i of [1, 2]) copyFileSync(picture, cwd.join(`release/images/1/${i}.png`));
    for (const [name, text] of Object.entries(files)) writeFileSync(cwd.join('release', name), text);
    writeFileSync(cwd.join('release/image_class_labels.txt'), 'a 1\nb 1\n');
    writeFileSync(cwd.join('release/train_test_split.txt'), 'a 1\nb 0\n');
    const built = await run('build nabirds-a --from release --to nabirds-a');
    expect(built).toMatchObject({
      code: 0,
      stdout: `nabirds-a: 1 train, 1 query, 1 classes: ${cwd.path}/nabirds-a\n`,
    });
    const { stdout } = await run('check nabirds-a --workers 0');
    expect(stdout).toMatch(/\nclasses +1 +555 {2}differs\n/);
    expect(stdout).toContain('2 images looked at\n✓ nabirds-a can be used\n');
  });

  it('downloads nothing that is here', async () => {
    expect(await run('download shapes')).toMatchObject({
      code: 0,
      stderr: 'shapes is here already: drawn by the program\n',
    });
  });
});
