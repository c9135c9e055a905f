/**
 * Augmentation on one core against torchvision's transforms on Pillow images: images a second of CPU time, op by op and
 * for WCH's training view. The bytes that both make are compared first.
 *
 *     node tools/bench/augment.mjs [--quick] [--json]      (after npx nx build datasets)
 */
import { createHash } from 'node:crypto';
import { Rng } from '@hash/core';
import { applyAugment, compileAugment } from '@hash/datasets';
import { bestOf, options, Peer, report } from './bench.mjs';

const settings = options();
const peer = Peer.start('augmentPeer.py', { ...settings, threads: 1 });
const runs = settings.quick ? 3 : 7;
/** CPU seconds that one run takes at least. */
const budget = settings.quick ? 0.05 : 0.3;

const op = (file) => import(`../../packages/datasets/dist/augment/${file}.js`);
const { PackedImage } = await op('packedImage');
const { resample } = await op('resample');
const { horizontalFlip } = await op('horizontalFlip');
const { adjustBrightness, adjustContrast } = await op('adjustContrast');
const { adjustSaturation } = await op('adjustSaturation');
const { adjustHue } = await op('adjustHue');
const { grayscale } = await op('grayscale');
const { gaussianBlur } = await op('gaussianBlur');

/** By name, as augmentPeer.py has them. Those that do not return another image work in place. */
const ops = {
  flip: horizontalFlip,
  brightness: (image) => adjustBrightness(image, 1.2),
  contrast: (image) => adjustContrast(image, 1.2),
  saturation: (image) => adjustSaturation(image, 1.2),
  hue: (image) => adjustHue(image, 0.07),
  grayscale,
  'blur, sigma 0.8': (image) => gaussianBlur(image, 0.8),
  'blur, sigma 1.8': (image) => gaussianBlur(image, 1.8),
  'resize to 224 x 224, bilinear': (image, target) => resizeTo(224, image, 'bilinear', target),
  'resize to 224 x 224, bicubic': (image, target) => resizeTo(224, image, 'bicubic', target),
};

function resizeTo(side, image, interpolation, target) {
  const whole = ({ width, height }) => ({ left: 0, top: 0, width, height });
  const size = { width: side, height: side };
  return resample(image, whole(image), size, whole(size), interpolation, target);
}

const view = (size) => [
  { op: 'resize', size },
  { op: 'centerCrop', size },
  { op: 'randomResizedCrop', size, scale: [0.2, 1] },
  { op: 'colorJitter', brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1, probability: 0.8 },
  { op: 'randomGrayscale', probability: 0.2 },
  { op: 'gaussianBlur', sigma: [0.1, 2], probability: 0.5 },
  { op: 'randomHorizontalFlip', probability: 0.5 },
  { op: 'normalize', mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
];

/** Colours of every kind, smooth as in a photograph, and a fine pattern. */
function picture(width, height) {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    data.set([(x * 255) / (width - 1), (y * 255) / (height - 1), (7 * x + 13 * y) % 256], i * 3);
  }
  return { width, height, data };
}

/** CPU seconds of one call, from as many calls as fill the budget. */
function cpuSeconds(work) {
  const start = process.cpuUsage();
  for (let calls = 1; ; calls++) {
    work();
    const { user, system } = process.cpuUsage(start);
    if (user + system > budget * 1e6) return (user + system) / 1e6 / calls;
  }
}

async function measure(name, question, work) {
  cpuSeconds(work); // Until the code is compiled.
  const theirs = async () => (await peer.ask({ ...question, budget })).seconds;
  const best = await bestOf(runs, () => cpuSeconds(work), peer && theirs);
  report(settings, {
    bench: 'augment',
    case: name,
    ours: 1 / best.ours,
    peer: peer ? 1 / best.peer : undefined,
    peerName: 'torchvision on Pillow',
    unit: 'images/s',
  });
}

async function measureOp(name, width, height) {
  const image = new PackedImage().copy(picture(width, height));
  const original = image.pixels.slice();
  const target = new PackedImage();
  const work = () => {
    image.pixels.set(original);
    return ops[name](image, target) ?? image;
  };
  const question = { op: name, width, height };
  if (peer) {
    const { pixels, ...size } = work();
    const bytes = new Uint8Array(size.width * size.height * 3).map(
      (_, i) => pixels[Math.floor(i / 3)] >> (8 * (i % 3)),
    );
    const { sha256 } = await peer.ask({ ...question, sha256: true });
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new Error(`${name}: other bytes.`);
  }
  await measure(`${name}, ${width} x ${height}`, question, work);
}

async function measureView(size, width, height) {
  const compiled = compileAugment(view(size), 'the view of the benchmark');
  const image = picture(width, height);
  const out = new Float32Array(size * size * 3);
  const rng = new Rng('benchmark');
  const name = `WCH's view of ${size} x ${size} from ${width} x ${height}`;
  await measure(name, { view: size, width, height }, () => applyAugment(compiled, image, rng, out, 0));
}

for (const name of Object.keys(ops).filter((name) => !name.startsWith('resize'))) {
  for (const size of settings.quick ? [224] : [32, 224]) await measureOp(name, size, size);
}
for (const name of Object.keys(ops).filter((name) => name.startsWith('resize'))) {
  await measureOp(name, 32, 32);
  await measureOp(name, 500, 375);
}
await measureView(32, 32, 32);
await measureView(224, 32, 32);
await measureView(224, 500, 375);
peer?.close();
