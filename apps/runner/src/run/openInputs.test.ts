import { readdirSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { flattenParameters, readSafetensors, tf } from '@hash/core';
import { readNpy } from '@hash/core/files';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { wch } from '@hash/wch';
import { processSurroundings, type Surroundings } from '../surroundings.js';
import { encodePart } from './encodePart.js';
import { openInputs } from './openInputs.js';
import { changePlan, planOfRecipe } from './resolvePlan.js';
import { runTraining } from './runTraining.js';

/** A run that takes seconds: frozen, untrained, but that does not matter here. */
const set = [
  'dataset.options.train=24',
  'dataset.options.query=6',
  'dataset.options.database=12',
  'dataset.options.classes=3',
  'backbone.options.width=8',
  'backbone.options.depth=1',
  'backbone.options.mlpWidth=8',
  'backbone.options.patch=16',
  'backbone.frozen=true',
  'backbone.cachedViews=2',
  'epochs=2',
  'batchSize=8',
  'hiddenWidth=8',
];

const folder = temporaryFolder(beforeEach, afterEach);
let around: Surroundings;
let stderr: PassThrough;
beforeEach(() => {
  stderr = new PassThrough();
  around = { ...processSurroundings(), cwd: folder.path, env: { HASH_BACKEND: 'cpu' }, stderr };
});

const request = { data: 'data', workers: 0 };
const files = () => readdirSync(folder.join('data', 'features')).filter((name) => name.endsWith('.npy'));

it('trains a head on features that are computed once, and encodes images as well as features', async () => {
  const before = tf.memory().numTensors;
  const lines: string[] = [];
  const train = (run: string, ...more: string[]) =>
    runTraining(around, { ...request, method: 'wch', run, bits: [8, 16], set: [...set, ...more] }, (line) => {
      lines.push(line);
    });
  const { outcomes } = await train('run');
  expect(outcomes.map(({ training }) => training.epochs)).toEqual([2, 2]);
  expect(files().map((name) => name.replace(/-[0-9a-f]{16}\.npy$/, ''))).toEqual([
    'shapes-database',
    'shapes-query',
    'shapes-train',
  ]);
  expect(String(stderr.read())).toContain('shapes-query: features  6 of 6 images');
  const { tensors } = await readSafetensors(folder.join('run', 'bits-8', 'model.safetensors'));
  expect([...tensors.keys()].filter((name) => name.startsWith('backbone/'))).toEqual([]);

  await encodePart(around, { ...request, run: 'run', part: 'query', out: 'codes.npy', bits: 16 }, () => {});
  const codes = await readNpy(folder.join('codes.npy'));
  // Features lie in half precision on the disk, which may turn a bit of a value near 0.
  const kept = await readNpy(folder.join('run', 'bits-16', 'codes', 'query-image.npy'));
  const turned = [...codes.data].map((byte, i) => countOnes(Number(byte) ^ Number(kept.data[i])));
  expect(turned.reduce((sum, ones) => sum + ones, 0)).toBeLessThanOrEqual(2);

  await train('again', 'learningRate=0.001');
  expect(files()).toHaveLength(3);
  expect(tf.memory().numTensors).toBe(before);
});

it('computes at every step where nothing is to be kept', async () => {
  const base = planOfRecipe({ method: wch, source: 'wch' }, 'quick');
  const plan = changePlan(base, { set: [...set, 'backbone.cachedViews=0'] }, wch);
  const inputs = await openInputs(plan, around, request, new AbortController().signal);
  const backbone = await inputs.backbone();
  expect(flattenParameters(backbone.parameters).size).toBe(0);
  expect(backbone.name).toBe('vit-mini');
  for await (const { views } of inputs.dataset.query.batches({
    batchSize: 6,
    views: [
      [
        { op: 'resize', size: 32 },
        { op: 'centerCrop', size: 32 },
      ],
    ],
  })) {
    expect(views[0]!.shape).toEqual([6, 32, 32, 3]);
  }
  await inputs.dispose();
});

function countOnes(byte: number): number {
  return byte.toString(2).replaceAll('0', '').length;
}
