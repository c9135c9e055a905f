import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { UsageError } from '../errors.js';
import { METHODS } from '../methods.js';
import { processSurroundings, type Surroundings } from '../surroundings.js';
import { prepareNewRun, prepareResumedRun } from './prepareRun.js';
import { createRunFolder } from './runFolder.js';

const folder = temporaryFolder(beforeEach, afterEach);
let around: Surroundings;
let said: string[];
beforeEach(() => {
  said = [];
  const now = () => new Date('2026-11-21T08:15:30Z');
  around = { ...processSurroundings(), cwd: folder.path, env: { HASH_BACKEND: 'cpu' }, now };
});
const say = (line: string) => void said.push(line);
const split = { protocol: 'p', seed: 0, parts: {}, sha256: '0'.repeat(64) };

const METHOD_NAMES = METHODS.map(({ name }) => name).join(', ');

describe('prepareNewRun', () => {
  it('settles everything from the quick recipe', async () => {
    const prepared = await prepareNewRun(around, { method: 'wch', set: ['epochs=3'] }, say);
    expect(prepared.folder).toBe(folder.join('runs', '20261121-081530-wch-shapes'));
    expect(prepared.method.name).toBe('wch');
    expect(prepared.config).toMatchObject({
      plan: { method: 'wch', recipe: 'quick', dataset: { name: 'shapes' }, config: { epochs: 3 } },
      engine: 'cpu',
      versions: { node: process.version, '@hash/core': expect.stringMatching(/^\d/) },
    });
    expect(said).toEqual(['engine: cpu']);
  });

  it('looks for weights here, then in the data folder', async () => {
    const weightsOf = async (set: string[]) =>
      (await prepareNewRun(around, { method: 'wch', data: 'd', set }, say)).config.plan.backbone.weights;
    expect(await weightsOf([])).toBe(null);
    expect(await weightsOf(['backbone.weights=vit.npz'])).toBe(folder.join('d', 'weights', 'vit.npz'));
    writeFileSync(folder.join('vit.npz'), '');
    expect(await weightsOf(['backbone.weights=vit.npz'])).toBe(folder.join('vit.npz'));
  });

  it('asks for a method', () =>
    expect(prepareNewRun(around, { set: [] }, say)).rejects.toThrow(
      new UsageError(`train: expected a method: ${METHOD_NAMES}, or a module.`),
    ));

  it('leaves a folder in use alone', async () => {
    writeFileSync(folder.join('notes.txt'), '');
    await expect(prepareNewRun(around, { method: 'wch', run: '.', set: [] }, say)).rejects.toThrow(
      `${folder.path} is not empty. Name a new folder by --run.`,
    );
    expect(said).toEqual([]);
  });
});

describe('prepareResumedRun', () => {
  const begin = async (set: string[] = []) => {
    const { config, folder } = await prepareNewRun(
      around,
      { method: 'wch', run: 'mine', bits: [8], set },
      say,
    );
    await createRunFolder(folder, config, split);
    said = [];
    return config;
  };

  it('takes the run as it was begun', async () => {
    const config = await begin(['epochs=3']);
    const prepared = await prepareResumedRun(around, { resume: 'mine', set: [] }, say);
    expect(prepared).toMatchObject({ config, folder: folder.join('mine') });
    expect(said).toEqual(['engine: cpu']);
  });

  it('takes the same command again', async () => {
    const config = await begin(['epochs=3']);
    const again = {
      method: 'wch',
      recipe: 'quick',
      bits: [8],
      seed: 0,
      set: ['epochs=3'],
      backend: 'cpu',
    } as const;
    const prepared = await prepareResumedRun(around, { ...again, resume: 'mine' }, say);
    expect(prepared.config).toEqual(config);
  });

  it('names every option that would change the run', async () => {
    await begin(['epochs=3']);
    const other = {
      recipe: 'paper',
      bits: [16],
      seed: 1,
      set: ['epochs=4'],
      backend: 'wasm',
      select: 'queries',
    } as const;
    await expect(prepareResumedRun(around, { ...other, resume: 'mine' }, say)).rejects.toThrow(
      new UsageError(
        '--resume goes on with a run as it was begun, but the command changes bits ([8], now [16]), ' +
          'config.epochs (3, now 4), recipe ("quick", now "paper"), seed (0, now 1), select ("last", now "queries"), ' +
          'backend ("cpu", now "wasm"). Leave these options out, or begin a new run.',
      ),
    );
  });

  it('says where versions differ', async () => {
    const config = await begin();
    const versions = { ...config.versions, node: 'v1' };
    await createRunFolder(folder.join('mine'), { ...config, versions }, split);
    await prepareResumedRun(around, { resume: 'mine', set: [] }, say);
    expect(said[0]).toBe(`the run was begun with other versions: node ("v1", now "${process.version}")`);
  });

  it('needs a run', () =>
    expect(prepareResumedRun(around, { resume: 'none', set: [] }, say)).rejects.toThrow(
      `${folder.join('none')} is no run folder: it has no config.json.`,
    ));
});
