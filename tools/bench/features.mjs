/**
 * What raw features of MobileNetV2 (ImageNet-1k) are worth on CIFAR-10: the first 1,000 test images, enlarged by bicubic
 * interpolation, each searched for among the others by cosine. Mean average precision over all of them, and the accuracy
 * of a vote of the ten nearest. The peer is a float reference of the same network at 224 pixels.
 *
 *     HASH_DATA=<folder> node tools/bench/features.mjs [--quick] [--json]      (after npx nx build datasets)
 *
 * The folder holds cifar-10-batches-bin, and mobilenet_v2_1.0_224.npz in weights. `--quick` takes 100 images.
 */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createBackbone } from '@hash/backbones';
import { chooseEngine, imageTensor, INFERENCE, plainView, Rng, tf } from '@hash/core';
import { createDataset } from '@hash/datasets';
import { options, report } from './bench.mjs';

const FIRST_TEST_IMAGE = 50_000;
const REFERENCE = { mAP: 0.358, '10-NN': 0.731 };

const settings = options();
const root = process.env.HASH_DATA;
if (!root) throw new Error('Set HASH_DATA to the folder of CIFAR-10 and the weights.');
const count = settings.quick ? 100 : 1000;
await chooseEngine();
const dataset = await createDataset('cifar10', { root, workers: Math.max(1, availableParallelism() - 1) });

/** Features scaled to length 1 and classes of the test images in their published order. */
async function encode(backbone) {
  const features = new Float32Array(count * backbone.width);
  const classes = new Int32Array(count);
  const view = plainView(backbone.preprocessing);
  for (const part of ['query', 'train', 'database']) {
    const positions = dataset.split.parts[part].map((position) => position - FIRST_TEST_IMAGE);
    const order = Uint32Array.from(positions.keys()).filter((i) => positions[i] >= 0 && positions[i] < count);
    for await (const batch of dataset[part].batches({ order, batchSize: 32, views: [view] })) {
      const rows = tf.tidy(() => {
        const { pooled } = backbone.features(imageTensor(batch.views[0]), INFERENCE);
        return tf.div(pooled, tf.norm(pooled, 2, 1, true));
      });
      const values = await rows.data();
      rows.dispose();
      batch.indices.forEach((index, i) => {
        const row = values.subarray(i * backbone.width, (i + 1) * backbone.width);
        features.set(row, positions[index] * backbone.width);
        classes[positions[index]] = Math.log2(batch.labels.words[i]);
      });
    }
  }
  return { features, classes };
}

function measure({ features, classes }, width) {
  const table = tf.tensor2d(features, [count, width]);
  const cosines = tf.tidy(() => tf.matMul(table, table, false, true).arraySync());
  table.dispose();
  const totals = { mAP: 0, '10-NN': 0 };
  cosines.forEach((row, query) => {
    const ranking = [...row.keys()].filter((i) => i !== query).sort((a, b) => row[b] - row[a] || a - b);
    let hits = 0;
    let precisions = 0;
    ranking.forEach((i, rank) => {
      if (classes[i] === classes[query]) precisions += ++hits / (rank + 1);
    });
    const votes = new Int32Array(10);
    for (const i of ranking.slice(0, 10)) votes[classes[i]]++;
    totals['mAP'] += hits === 0 ? 0 : precisions / hits / count;
    totals['10-NN'] += Number(votes.indexOf(Math.max(...votes)) === classes[query]) / count;
  });
  return totals;
}

for (const size of settings.quick ? [224] : [96, 128, 160, 224]) {
  const backbone = await createBackbone('mobilenet-v2', {
    options: { size, interpolation: 'bicubic', batchNorm: 'folded' },
    weights: join(root, 'weights', 'mobilenet_v2_1.0_224.npz'),
    rng: new Rng(0),
  });
  const totals = measure(await encode(backbone), backbone.width);
  for (const [name, ours] of Object.entries(totals)) {
    report(settings, {
      bench: 'features',
      case: `${name} of ${count} images at ${size} x ${size}`,
      ours,
      peer: size === 224 && count === 1000 ? REFERENCE[name] : undefined,
      peerName: 'float reference',
      unit: name === 'mAP' ? 'mAP' : 'accuracy',
    });
  }
}
await dataset.dispose();
