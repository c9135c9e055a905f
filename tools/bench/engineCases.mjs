import { mobileNetV2, resNet34, visionTransformer } from './engineModels.mjs';

const small = (width, blocks) => ({ width, blocks, heads: width / 32, size: 32, patch: 4 });
const vitS = (blocks) => ({ width: 384, blocks, heads: 6, size: 224, patch: 16 });
const vitB = { width: 768, blocks: 12, heads: 12, size: 224, patch: 16 };

const vit = (name, shape, options) => ({
  name,
  model: 'vit',
  shape,
  size: shape.size,
  create: () => visionTransformer(shape),
  // Products of a block: 12 width² for each place, and 2 places width for each place.
  forwardGflop: 2e-9 * places(shape) * shape.blocks * shape.width * (12 * shape.width + 2 * places(shape)),
  ...options,
});

function places({ size, patch }) {
  return (size / patch) ** 2 + 1;
}

const resnet = { model: 'resnet34', size: 224, create: resNet34, forwardGflop: 7.3 };
const mobilenet = { model: 'mobilenetv2', size: 96, create: mobileNetV2, forwardGflop: 0.11 };

const product = { model: 'matmul', size: 2048, forwardGflop: 2e-9 * 2048 ** 3, batch: 1, training: false };

/** `forwardGflop` is of one image; a training step is counted three times that. */
export const cases = [
  { name: 'matrix product 2048 x 2048', ...product, quick: true, wasm: true },
  vit('small ViT 64x4, batch 128', small(64, 4), { batch: 128, training: true, quick: true }),
  vit('small ViT 128x6, batch 64', small(128, 6), { batch: 64, training: true, quick: true }),
  vit('small ViT 192x6, batch 32', small(192, 6), { batch: 32, training: true }),
  vit('ViT-S/16, 2 blocks, batch 8', vitS(2), { batch: 8, training: true, quick: true, wasm: true }),
  vit('ViT-S/16, batch 8', vitS(12), { batch: 8, training: true }),
  vit('ViT-B/16, batch 4', vitB, { batch: 4, training: true }),
  { name: 'ResNet-34, batch 16', ...resnet, batch: 16, training: true },
  { name: 'MobileNetV2 96 px, batch 16', ...mobilenet, batch: 16, training: true, quick: true },
  vit('ViT-B/16 inference, batch 4', vitB, { batch: 4, training: false }),
  {
    name: 'MobileNetV2 96 px inference, batch 16',
    ...mobilenet,
    batch: 16,
    training: false,
    quick: true,
    wasm: true,
  },
];
