import type { CheckpointFormat, PublishedLayout } from './checkpointFormat.js';

/** Of PyTorch's axes, the order that ours have: convolutions OIHW as HWIO, matrices transposed. */
const AXES: Readonly<Record<number, readonly number[]>> = { 2: [1, 0], 4: [2, 3, 1, 0] };

/** State dicts of PyTorch and torchvision. */
export function torchCheckpoint(ignored: RegExp): CheckpointFormat {
  return { separator: '.', ignored, layout: (_, { shape }) => torchLayout(shape) };
}

/** How PyTorch keeps a convolution's or a linear layer's kernel of ours, from its shape. */
export function torchLayout(shape: readonly number[]): PublishedLayout {
  const axes = AXES[shape.length];
  if (axes === undefined) return { shape };
  return { axes, shape: shape.map((_, axis) => shape[axes.indexOf(axis)]!) };
}
