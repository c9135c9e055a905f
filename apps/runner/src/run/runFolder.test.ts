import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
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

const folder = temporaryFolder(beforeEach, afterEach);

describe('defaultRunFolder', () => {
  it('is named by time, method and data set', () =>
    expect(defaultRunFolder(new Date('2026-11-21T08:15:30.123Z'), 'wch', 'shapes')).toBe(
      join('runs', '20261121-081530-wch-shapes'),
    ));
});

describe('createRunFolder', () => {
  it('is read back by readRunConfig, and leaves nothing else', async () => {
    const run = folder.join('deep', 'run');
    await createRunFolder(run, config, split);
    expect(await readRunConfig(run)).toEqual(config);
    expect(readdirSync(run).sort()).toEqual(['config.json', 'split.json']);
  });
});

describe('refuseUsedFolder', () => {
  it('takes a new or an empty one', async () => {
    await refuseUsedFolder(folder.join('new'));
    await refuseUsedFolder(folder.path);
  });

  it('refuses another run and other files', async () => {
    await createRunFolder(folder.join('run'), config, split);
    await expect(refuseUsedFolder(folder.join('run'))).rejects.toThrow(
      new UsageError(
        `${folder.join('run')} holds a run already. Go on with it by --resume, or name another by --run.`,
      ),
    );
    await expect(refuseUsedFolder(folder.path)).rejects.toThrow(
      new UsageError(`${folder.path} is not empty. Name a new folder by --run.`),
    );
  });
});

describe('readRunConfig', () => {
  it.each([
    ['{', /config\.json: expected JSON, but: /],
    ['{}', /config\.json: plan: Invalid input: expected object, received undefined; engine: /],
    [JSON.stringify({ ...config, extra: 1 }), /config\.json: Unrecognized key: "extra"\.$/],
  ])('refuses %s', async (text, message) => {
    writeFileSync(folder.join('config.json'), text);
    await expect(readRunConfig(folder.path)).rejects.toThrow(message);
  });

  it('knows what is no run', () => {
    mkdirSync(folder.join('empty'));
    return expect(readRunConfig(folder.join('empty'))).rejects.toThrow(
      'is no run folder: it has no config.json.',
    );
  });
});

describe('checkSplit', () => {
  it('takes the same split and refuses another', async () => {
    await createRunFolder(folder.path, config, split);
    await checkSplit(folder.path, split);
    await expect(checkSplit(folder.path, { ...split, sha256: 'b'.repeat(64) })).rejects.toThrow(
      `split.json: the run was begun with the split ${'a'.repeat(64)}, but the data set's split is now ${'b'.repeat(64)}.`,
    );
  });
});
