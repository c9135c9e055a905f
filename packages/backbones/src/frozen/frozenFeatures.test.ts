import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  disposeParameters,
  imageTensor,
  INFERENCE,
  Rng,
  tf,
  type AugmentSpec,
  type Backbone,
  type Batch,
  type BatchRequest,
  type Samples,
} from '@hash/core';
import { fakeBackbone, fakeDataset, temporaryFolder } from '@hash/core/testing';
import { readNpy } from '@hash/core/files';
import { featureBackbone } from './frozenBackbone.js';
import { frozenFeatures, type FrozenFeaturesOptions } from './frozenFeatures.js';

const fixed: AugmentSpec = [
  { op: 'resize', size: 8 },
  { op: 'centerCrop', size: 8 },
];
const random: AugmentSpec = [{ op: 'randomCrop', size: 8, padding: 1 }];

const folder = temporaryFolder(beforeEach, afterEach);
let backbone: Backbone;
/** Images that have passed the backbone. */
let passed: number;
beforeEach(() => {
  const inner = fakeBackbone(new Rng('backbone'));
  passed = 0;
  backbone = {
    ...inner,
    features(images, pass) {
      passed += images.shape[0];
      return inner.features(images, pass);
    },
  };
});
afterEach(() => disposeParameters(backbone.parameters));

const dataset = (train = 40) => fakeDataset({ rng: new Rng('data'), train });
const freeze = (options: Partial<FrozenFeaturesOptions> = {}, data = dataset()) =>
  frozenFeatures(data, backbone, {
    folder: folder.path,
    draws: 3,
    places: true,
    identity: 'test',
    ...options,
  });

async function batchesOf(samples: Samples, request: BatchRequest): Promise<Batch[]> {
  const batches: Batch[] = [];
  for await (const batch of samples.batches(request)) batches.push(batch);
  return batches;
}

/** What the backbone itself makes of a view's images, [pooled, tokens]. */
function computed({ views }: Batch, view = 0): [number[][], number[][][]] {
  return tf.tidy(() => {
    const { pooled, tokens } = backbone.features(imageTensor(views[view]!), INFERENCE);
    return [pooled.arraySync(), tokens!.arraySync()];
  });
}

/** What its stand-in makes of the features. */
function stored({ views }: Batch, view = 0): [number[][], number[][][] | undefined] {
  return tf.tidy(() => {
    const { pooled, tokens } = featureBackbone(backbone).features(imageTensor(views[view]!), INFERENCE);
    return [pooled.arraySync(), tokens?.arraySync()];
  });
}

const flat = (values: unknown): number[] => [values].flat(Infinity) as number[];

/** Half precision has 11 binary digits. */
function expectHalf(actual: unknown, expected: unknown): void {
  const numbers = flat(expected);
  const largest = Math.max(...numbers.map(Math.abs));
  flat(actual).forEach((value, i) => expect(Math.abs(value - numbers[i]!)).toBeLessThan(largest * 2 ** -11));
  expect(flat(actual)).toHaveLength(numbers.length);
}

describe('frozenFeatures', () => {
  it("gives the backbone's features of a fixed view, in the order asked for, with all else of a batch", async () => {
    const order = Uint32Array.of(3, 1, 2, 0, 7);
    const request = { order, batchSize: 2, views: [fixed], dropLast: true };
    const expected = await batchesOf(dataset().query, request);
    const frozen = await freeze();
    const actual = await batchesOf(frozen.query, request);
    expect(actual).toHaveLength(2);
    actual.forEach((batch, i) => {
      expect(batch.indices).toEqual(expected[i]!.indices);
      expect(batch.labels).toEqual(expected[i]!.labels);
      expect(batch.views[0]!.shape).toEqual([2, 5, 1, 6]);
      const [pooled, tokens] = stored(batch);
      const [pooledOfImages, tokensOfImages] = computed(expected[i]!);
      expectHalf(pooled, pooledOfImages);
      expectHalf(tokens, tokensOfImages);
    });
    await frozen.dispose();
  });

  it('keeps vectors of images alone in single precision', async () => {
    const frozen = await freeze({ places: false });
    const [batch] = await batchesOf(frozen.query, { batchSize: 8, views: [fixed] });
    const [images] = await batchesOf(dataset().query, { batchSize: 8, views: [fixed] });
    const [pooled, tokens] = stored(batch!);
    expect(tokens).toBeUndefined();
    expect(pooled).toEqual(computed(images!)[0]);
    await frozen.dispose();
  });

  it('computes each part and view once', async () => {
    for (const images of [40 + 1, 0]) {
      passed = 0;
      const frozen = await freeze();
      await batchesOf(frozen.train, { batchSize: 7, views: [fixed] });
      await batchesOf(frozen.train, { batchSize: 40, views: [fixed, fixed] });
      expect(passed).toBe(images); // and a black one, whose places are counted
      await frozen.dispose();
    }
  });

  it.each([
    ['other options', { identity: 'other' }, undefined],
    ['another split', {}, 41],
    ['other places', { places: false }, undefined],
  ])('computes anew for %s', async (_, options, train) => {
    for (const frozen of [await freeze(), await freeze(options, withTrain(train))]) {
      passed = 0;
      await batchesOf(frozen.query, { batchSize: 8, views: [fixed] });
      expect([8, 8 + 1]).toContain(passed); // with places also a black one
      await frozen.dispose();
    }
  });

  it('computes anew for other parameters, whatever they are called', async () => {
    const before = await freeze();
    await batchesOf(before.query, { batchSize: 8, views: [fixed] });
    disposeParameters(backbone.parameters);
    backbone = fakeBackbone(new Rng('other'));
    const after = await freeze();
    const [batch] = await batchesOf(after.query, { batchSize: 8, views: [fixed] });
    const [images] = await batchesOf(dataset().query, { batchSize: 8, views: [fixed] });
    expectHalf(stored(batch!)[0], computed(images!)[0]);
    await before.dispose();
    await after.dispose();
  });

  it('takes the draws of a random view by the generator, different ones where views are alike', async () => {
    const frozen = await freeze();
    const request = { batchSize: 40, views: [random, random, fixed] };
    const read = async (seed: number) =>
      (await batchesOf(frozen.train, { ...request, rng: new Rng(seed) }))[0]!;
    const first = await read(1);
    expect(passed).toBe(3 * 40 + 1 + 40 + 1);
    const [one, two, three] = [0, 1, 2].map((view) => stored(first, view)[0]);
    one!.forEach((row, i) => expect(row).not.toEqual(two![i]));
    expect(stored(await read(1))[0]).toEqual(one);
    const other = stored(await read(2))[0];
    expect(other).not.toEqual(one);
    expect(stored(await read(2), 2)[0]).toEqual(three);
    const [path] = readdirSync(folder.path).filter(
      (file) => file.endsWith('.npy') && holds(file, 'randomCrop'),
    );
    const { shape } = await readNpy(folder.join(path!));
    expect(shape).toEqual([120, 5, 6]);
    await frozen.dispose();
  });

  it('goes on with an interrupted computation', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const seen: number[] = [];
    const interrupted = await freeze({
      onProgress: ({ name, done, total }) => {
        expect([name, total]).toEqual(['fake-train', 120]);
        seen.push(done);
        if (done === 72) controller.abort(new Error('enough'));
      },
    }, abortableTrain(signal)); // prettier-ignore
    const request = { batchSize: 40, views: [random], rng: new Rng(1) };
    await expect(batchesOf(interrupted.train, { ...request, signal })).rejects.toThrow('enough');
    expect(seen).toEqual([32, 40, 72]);
    await interrupted.dispose();
    passed = 0;
    const resumed = await freeze();
    const [batch] = await batchesOf(resumed.train, request);
    expect(passed).toBe(120 - 72 + 1);
    rmSync(folder.path, { recursive: true });
    const whole = await freeze();
    expect((await batchesOf(whole.train, request))[0]!.views).toEqual(batch!.views);
    await resumed.dispose();
    await whole.dispose();
  });

  it('says what each file is', async () => {
    const frozen = await freeze();
    await batchesOf(frozen.query, { batchSize: 8, views: [fixed] });
    const [json, npy] = readdirSync(folder.path).sort();
    expect(json).toMatch(/^fake-query-[0-9a-f]{16}\.json$/);
    expect(npy).toBe(json!.replace(/json$/, 'npy'));
    expect(JSON.parse(readFileSync(folder.join(json!), 'utf8'))).toMatchObject({
      name: 'fake-query',
      view: fixed,
      draws: 1,
      places: true,
      identity: { network: { name: 'fake' }, dataset: 'fake', options: 'test' },
    });
    await frozen.dispose();
  });

  it('refuses a damaged file', async () => {
    const frozen = await freeze();
    await batchesOf(frozen.query, { batchSize: 8, views: [fixed] });
    await frozen.dispose();
    const name = readdirSync(folder.path).find((file) => file.endsWith('.npy'))!;
    const path = folder.join(name);
    writeFileSync(path, readFileSync(path).subarray(0, -2));
    const again = await freeze();
    const reading = batchesOf(again.query, { batchSize: 8, views: [fixed] });
    await expect(reading).rejects.toThrow(/expected 480 bytes of values .*, but found 478/);
    await again.dispose();
  });

  it('refuses what it cannot draw', async () => {
    await expect(freeze({ draws: 0 })).rejects.toThrow(
      'frozenFeatures: expected draws to be an integer of at least 1, but got 0.',
    );
    const frozen = await freeze({ draws: 1 });
    await expect(batchesOf(frozen.train, { batchSize: 4, views: [fixed, random] })).rejects.toThrow(
      'batches: expected rng, which the random ops of view 1 draw from, but got none.',
    );
    const request = { batchSize: 4, views: [random, random], rng: new Rng(1) };
    await expect(batchesOf(frozen.train, request)).rejects.toThrow(
      'frozenFeatures: expected at least 2 draws of a view that is asked for so often, but got 1.',
    );
    await frozen.dispose();
  });

  it('refuses features that half precision cannot hold', async () => {
    const large: Backbone = {
      ...backbone,
      features(images, pass) {
        const { pooled, tokens } = backbone.features(images, pass);
        return { pooled: tf.mul<tf.Tensor2D>(pooled, 1e6), tokens };
      },
    };
    const frozen = await frozenFeatures(dataset(), large, {
      folder: folder.path,
      draws: 1,
      places: true,
      identity: 0,
    });
    await expect(batchesOf(frozen.query, { batchSize: 8, views: [fixed] })).rejects.toThrow(
      /^computeFeatures: fake-query: expected features of at most 65504, which half precision holds, but got -?\d+/,
    );
    await frozen.dispose();
  });
});

/** Whether the description of a file of features holds the text. */
function holds(file: string, text: string): boolean {
  return readFileSync(folder.join(file.replace(/npy$/, 'json')), 'utf8').includes(text);
}

function withTrain(train: number | undefined) {
  if (train === undefined) return dataset();
  const data = dataset(train);
  return { ...data, split: { ...data.split, sha256: '1'.repeat(64) } };
}

/** The fake data set heeds no signal. */
function abortableTrain(signal: AbortSignal) {
  const data = dataset();
  const { train } = data;
  const batches = async function* (request: BatchRequest) {
    for await (const batch of train.batches(request)) {
      signal.throwIfAborted();
      yield batch;
    }
  };
  return { ...data, train: { ...train, batches } };
}
