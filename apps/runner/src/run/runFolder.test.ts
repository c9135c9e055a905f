import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { UsageError } from '../errors.js';
import type { RunConfig } from './plan.js';
import {
  checkSplit,
  createRunFolder,
  defaultRunFolder,
  readRunConfig,
  refuseUsedFolder,
} from './runFolder.js';

const config: RunConfig = {
  plan: {
    method: 'wch',
    recipe: 'quick',
    seed: 0,
    dataset: { name: 'shapes', options: {} },
    backbone: {
      name: 'vit-mini',
      options: {},
      weights: null,
      frozen: false,
      cachedViews: 4,
      frozenTokens: true,
    },
    bits: [16],
    config: { epochs: 1 },
    evaluation: { mapAt: 'all', precisionAt: [], every: 0 },
    select: 'last',
    split: null,
    validation: null,
  },
  engine: 'wasm',
  versions: { node: 'v20' },
};
const split = { protocol: 'p', seed: 1, parts: { train: [1, 2] }, sha256: 'a'.repeat(64) };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('defaultRunFolder', () => {
  it('is named by time, method and data set', () =>
    expect(defaultRunFolder(new Date('2026-11-21T08:15:30.123Z'), 'wch', 'shapes')).toBe(
      join('runs', '20261121-081530-wch-shapes'),
    ));
});

describe('createRunFolder', () => {
  it('is read back by readRunConfig, and leaves nothing else', async () => {
    const run = join(folder, 'deep', 'run');
    await createRunFolder(run, config, split);
    expect(await readRunConfig(run)).toEqual(config);
    expect(readdirSync(run).sort()).toEqual(['config.json', 'split.json']);
  });
});

describe('refuseUsedFolder', () => {
  it('takes a new or an empty one', async () => {
    await refuseUsedFolder(join(folder, 'new'));
    await refuseUsedFolder(folder);
  });

  it('refuses another run and other files', async () => {
    await createRunFolder(join(folder, 'run'), config, split);
    await expect(refuseUsedFolder(join(folder, 'run'))).rejects.toThrow(
      new UsageError(
        `${join(folder, 'run')} holds a run already. Go on with it by --resume, or name another by --run.`,
      ),
    );
    await expect(refuseUsedFolder(folder)).rejects.toThrow(
      new UsageError(`${folder} is not empty. Name a new folder by --run.`),
    );
  });
});

describe('readRunConfig', () => {
  it.each([
    ['{', /config\.json: expected JSON, but: /],
    ['{}', /config\.json: plan: Invalid input: expected object, received undefined; engine: /],
    [JSON.stringify({ ...config, extra: 1 }), /config\.json: Unrecognized key: "extra"\.$/],
  ])('refuses %s', async (text, message) => {
    writeFileSync(join(folder, 'config.json'), text);
    await expect(readRunConfig(folder)).rejects.toThrow(message);
  });

  it('knows what is no run', () => {
    mkdirSync(join(folder, 'empty'));
    return expect(readRunConfig(join(folder, 'empty'))).rejects.toThrow(
      'is no run folder: it has no config.json.',
    );
  });
});

describe('checkSplit', () => {
  it('takes the same split and refuses another', async () => {
    await createRunFolder(folder, config, split);
    await checkSplit(folder, split);
    await expect(checkSplit(folder, { ...split, sha256: 'b'.repeat(64) })).rejects.toThrow(
      `split.json: the run was begun with the split ${'a'.repeat(64)}, but the data set's split is now ${'b'.repeat(64)}.`,
    );
  });
});
