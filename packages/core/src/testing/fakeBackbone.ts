import type { Backbone } from '../contracts/backbone.js';
import { Conv2d } from '../nn/conv2d.js';
import type { Rng } from '../random/rng.js';
import { tf } from '../tf.js';

/** A backbone for tests: one convolution that turns each 4 x 4 patch of an 8 x 8 image into a token. */
export function fakeBackbone(rng: Rng, width = 6): Backbone {
  const embedding = new Conv2d({ inputs: 3, outputs: width, size: 4, stride: 4, rng });
  return {
    name: 'fake',
    width,
    preprocessing: { size: 8, interpolation: 'bilinear', mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
    parameters: { embedding: embedding.parameters },
    features: (images) => {
      const tokens = embedding.apply(images).reshape<tf.Tensor3D>([images.shape[0], 4, width]); // [n, places, width]
      return { tokens, pooled: tf.mean<tf.Tensor2D>(tokens, 1) };
    },
  };
}
