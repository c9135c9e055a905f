/** A convolution and its ReLU, or a max pooling. */
export type ConvNetLayer =
  | { readonly channels: number; readonly size: number; readonly stride: number; readonly padding: number }
  | 'pool';

/** A network of convolutions in a row and two fully connected layers, before the one that classifies. */
export interface ConvNetPlan {
  readonly layers: readonly ConvNetLayer[];
  /** Side of the max poolings' window; their stride is 2. */
  readonly window: number;
  /** Side of the maps that the connected layers take. */
  readonly side: number;
  /** Places of the two connected layers in torchvision's `classifier`. */
  readonly connected: readonly [first: number, second: number];
  /** Whether dropout stands before each connected layer, or after its ReLU. */
  readonly dropout: 'before' | 'after';
}

/** @see Krizhevsky, arXiv:1404.5997, as torchvision has it */
export const ALEXNET: ConvNetPlan = {
  layers: [
    { channels: 64, size: 11, stride: 4, padding: 2 },
    'pool',
    { channels: 192, size: 5, stride: 1, padding: 2 },
    'pool',
    small(384),
    small(256),
    small(256),
    'pool',
  ],
  window: 3,
  side: 6,
  connected: [1, 4],
  dropout: 'before',
};

/**
 * @param blocks  convolutions in each of the five blocks
 * @see Simonyan & Zisserman, ICLR 2015, arXiv:1409.1556
 */
export function vgg(blocks: readonly number[]): ConvNetPlan {
  const channels = [64, 128, 256, 512, 512];
  return {
    layers: blocks.flatMap((count, i) => [
      ...Array.from({ length: count }, () => small(channels[i]!)),
      'pool' as const,
    ]),
    window: 2,
    side: 7,
    connected: [0, 3],
    dropout: 'after',
  };
}

function small(channels: number) {
  return { channels, size: 3, stride: 1, padding: 1 };
}
