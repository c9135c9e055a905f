import { cpSync, readdirSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createBackbone, saveWeights } from '@hash/backbones';
import { disposeParameters, readSafetensors, Rng, tf } from '@hash/core';
import { readNpy } from '@hash/core/files';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { UsageError } from '../errors.js';
import { processSurroundings, type Surroundings } from '../surroundings.js';
import { encodeFeatures, type FeaturesRequest } from './encodeFeatures.js';
import { runTraining } from './runTraining.js';

const IMAGES = fileURLToPath(new URL('../../../../packages/datasets/fixtures/images', import.meta.url));
const COUNT = readdirSync(IMAGES).length;
const tiny = { width: 8, depth: 1, mlpWidth: 8, heads: 1, patch: 16 };
const set = Object.entries(tiny).map(([key, value]) => `${key}=${value}`);

const folder = temporaryFolder(beforeEach, afterEach);
let around: Surroundings;
let said: string[];
beforeEach(() => {
  said = [];
  const stderr = new PassThrough();
  around = { ...processSurroundings(), cwd: folder.path, env: { HASH_BACKEND: 'cpu' }, stderr };
});

const encode = (request: Partial<FeaturesRequest>) =>
  encodeFeatures(around, { workers: 0, set: [], out: 'out/f.npy', ...request }, (line) => said.push(line));

describe('encodeFeatures', () => {
  it('takes a folder of images and a backbone with its weights', async () => {
    cpSync(IMAGES, folder.join('photos'), { recursive: true });
    const backbone = await createBackbone('vit-mini', { options: tiny, rng: new Rng('saved') });
    await saveWeights(backbone, folder.join('w.safetensors'));
    disposeParameters(backbone.parameters);
    const before = tf.memory().numTensors;
    const request = { backbone: 'vit-mini', weights: 'w.safetensors', set, images: 'photos' };
    await encode({ ...request, out: 'f.safetensors' });
    expect(said).toEqual(['engine: cpu', `features of ${COUNT} images: f.safetensors`]);
    const features = (await readSafetensors(folder.join('f.safetensors'))).tensors.get('features')!;
    expect(features.shape).toEqual([COUNT, 8]);
    await encode(request);
    expect((await readNpy(folder.join('out', 'f.npy'))).data).toEqual(features.data);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('takes the backbone of a run as it was trained, and its data set', async () => {
    const recipe = ['dataset.options.train=6', 'dataset.options.query=3', 'dataset.options.database=6'];
    const backbone = set.map((setting) => `backbone.options.${setting}`);
    const config = ['dataset.options.classes=3', 'epochs=1', 'batchSize=6', 'hiddenWidth=4'];
    await runTraining(
      around,
      { method: 'wch', run: 'run', workers: 0, bits: [8], set: [...recipe, ...backbone, ...config] },
      () => {},
    );
    await encode({ run: 'run', part: 'query' });
    expect((await readNpy(folder.join('out', 'f.npy'))).shape).toEqual([3, 8]);
    await encode({ run: 'run', images: IMAGES, out: 'trained.npy' });
    await encode({ backbone: 'vit-mini', set, images: IMAGES, out: 'untrained.npy' });
    const [trained, untrained] = [
      await readNpy(folder.join('trained.npy')),
      await readNpy(folder.join('untrained.npy')),
    ];
    expect([trained.shape, untrained.shape]).toEqual([
      [COUNT, 8],
      [COUNT, 8],
    ]);
    expect(trained.data).not.toEqual(untrained.data);
  });

  it.each([
    [{}, 'encode --features: expected a run folder or --backbone, and not both.'],
    [
      { run: 'r', backbone: 'vit-mini' },
      'encode --features: expected a run folder or --backbone, and not both.',
    ],
    [{ backbone: 'vit-mimi' }, /^Unknown backbone 'vit-mimi'\. Did you mean 'vit-mini'\? Known: vit-b16, /],
    [
      { backbone: 'vit-mini' },
      'encode --features: expected --images <folder>, or --dataset <name> and --part <part>.',
    ],
    [
      { backbone: 'vit-mini', dataset: 'shapes' },
      'encode --features: expected --images <folder>, or --dataset <name> and --part <part>.',
    ],
    [
      { backbone: 'vit-mini', images: 'photos', part: 'query' as const },
      'encode --features: expected --images, or --part of a data set, and not both.',
    ],
    [
      { backbone: 'vit-mini', images: IMAGES, set: ['size=big'] },
      "--set size: expected a number, as in size=32, but got 'big'.",
    ],
    [{ run: 'r', part: 'query' as const }, /r is no run folder: it has no config\.json\.$/],
  ])('refuses %j', async (request, message) => {
    const refused = encode(request);
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(message);
  });
});
