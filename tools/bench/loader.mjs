/**
 * Loading and augmenting images against PyTorch's DataLoader with torchvision's transforms on Pillow images: images a
 * second, WCH's two views of 224 x 224 of each, with as many worker threads as the other has processes. From JPEG files
 * of 500 x 375, and from the same images packed, decoded and resized, which the other has as arrays of uint8.
 *
 *     node tools/bench/loader.mjs [--quick] [--json] [--threads 2]      (after npx nx build datasets)
 */
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jpegCodec from '@jimp/js-jpeg';
import { Rng } from '@hash/core';
import { createDataset, prepareDataset } from '@hash/datasets';
import { bestOf, options, Peer, report, seconds } from './bench.mjs';

const settings = options();
const peer = Peer.start('loaderPeer.py', settings);
const runs = settings.quick ? 3 : 5;
const SIZE = 224;
const BATCH = 32;
const IMAGES = settings.quick ? 96 : 256;

const view = [
  { op: 'resize', size: SIZE },
  { op: 'centerCrop', size: SIZE },
  { op: 'randomResizedCrop', size: SIZE, scale: [0.2, 1] },
  { op: 'colorJitter', brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1, probability: 0.8 },
  { op: 'randomGrayscale', probability: 0.2 },
  { op: 'gaussianBlur', sigma: [0.1, 2], probability: 0.5 },
  { op: 'randomHorizontalFlip', probability: 0.5 },
  { op: 'normalize', mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
];

/** Blobs of colour and some grain: pixels of a file as large as a photograph's. */
function picture(i, width, height) {
  const rng = new Rng('loader').fork(i);
  const blobs = Array.from({ length: 6 }, () => ({
    ...{ x: rng.uniform(0, width), y: rng.uniform(0, height), radius: rng.uniform(30, 120) },
    color: [rng.uniform(-90, 90), rng.uniform(-90, 90), rng.uniform(-90, 90)],
  }));
  const data = Buffer.alloc(width * height * 4, 255);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const grain = rng.uniform(-20, 20);
      for (let channel = 0; channel < 3; channel++) {
        let value = 128 + grain;
        for (const blob of blobs) {
          const distance = Math.hypot(x - blob.x, y - blob.y) / blob.radius;
          if (distance < 1) value += blob.color[channel] * (1 - distance * distance);
        }
        data[at + channel] = Math.max(0, Math.min(255, value));
      }
    }
  }
  return { width, height, data };
}

/** By Pillow, whose colours are at half resolution as in most photographs; without the peer by jpeg-js. */
async function writeJpeg(path, { width, height, data }) {
  if (peer) await peer.ask({ encode: path, width, height, rgba: data.toString('base64') });
  else writeFileSync(path, jpegCodec().encode({ width, height, data }, { quality: 90 }));
}

async function makeFiles(folder) {
  const names = Array.from({ length: IMAGES }, (_, i) => `${i}.jpg`);
  // A few pictures, many times: neither side keeps anything of one for the next.
  const pictures = names.slice(0, 16);
  for (const [i, name] of pictures.entries()) await writeJpeg(join(folder, name), picture(i, 500, 375));
  names.slice(16).forEach((name, i) => copyFileSync(join(folder, pictures[i % 16]), join(folder, name)));
  const list = names.map((name) => `${name} 1 0\n`).join('');
  for (const part of ['train', 'test', 'database']) writeFileSync(join(folder, `${part}.txt`), list);
}

/** One pass over the images; the threads have been started, and the code compiled, by an earlier one. */
async function pass(dataset) {
  const request = { batchSize: BATCH, views: [view, view], rng: new Rng(0) };
  for await (const { indices, views } of dataset.train.batches(request)) {
    if (views.length !== 2 || indices.length === 0) throw new Error('loader: a batch lacks its views.');
  }
}

async function measure(name, root, packed) {
  const open = () =>
    createDataset('files', { root, workers: settings.threads, options: { folder: '.', overlap: true } });
  const dataset = await open();
  await pass(dataset);
  const question = {
    folder: root,
    images: IMAGES,
    size: SIZE,
    batch: BATCH,
    workers: settings.threads,
    packed,
  };
  const theirs = async () => (await peer.ask(question)).seconds;
  if (peer) await theirs();
  const best = await bestOf(runs, () => seconds(() => pass(dataset)), peer && theirs);
  await dataset.dispose();
  report(settings, {
    ...{ bench: 'loader', case: name, unit: 'images/s', peerName: 'PyTorch DataLoader' },
    ours: IMAGES / best.ours,
    peer: peer ? IMAGES / best.peer : undefined,
  });
}

const root = mkdtempSync(join(tmpdir(), 'loader-'));
try {
  await makeFiles(root);
  await measure("WCH's two views of 224 x 224, JPEG files", root, false);
  const folder = { folder: '.', overlap: true };
  const packing = { size: SIZE, interpolation: 'bilinear', workers: settings.threads };
  await prepareDataset('files', { root, options: folder, ...packing });
  await measure("WCH's two views of 224 x 224, packed", root, true);
} finally {
  rmSync(root, { recursive: true });
  peer?.close();
}
