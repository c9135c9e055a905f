import { tf } from '@hash/core';

/**
 * Averages maps over as many bins on each side as asked for, as PyTorch's AdaptiveAvgPool2d does: bin i of `side` covers
 * the places from ⌊i size / side⌋ to ⌈(i + 1) size / side⌉, so that bins overlap where the division leaves a rest.
 *
 * @param x  [n, height, width, channels]
 * @returns [n, channels, side, side]: channels first, as the layers behind it have their weights
 */
export function adaptiveAveragePool(x: tf.Tensor4D, side: number): tf.Tensor4D {
  return tf.tidy(() => {
    const channelsFirst = tf.transpose(x, [0, 3, 1, 2]); // [n, channels, height, width]
    const wide = averageLast(channelsFirst, side); // [n, channels, height, side]
    const turned = averageLast(tf.transpose(wide, [0, 1, 3, 2]), side); // [n, channels, side (width), side (height)]
    return tf.transpose(turned, [0, 1, 3, 2]);
  });
}

/** Averages the last axis over bins; leaves it where there is a bin for each place. */
function averageLast(x: tf.Tensor4D, side: number): tf.Tensor4D {
  const [n, channels, rows, size] = x.shape;
  if (size === side) return x;
  const averaged = tf.matMul(
    tf.reshape(x, [n * channels * rows, size]),
    tf.tensor2d(bins(size, side), [size, side]),
  );
  return tf.reshape(averaged, [n, channels, rows, side]);
}

/** The share of each place in each bin, [size, side]. */
function bins(size: number, side: number): Float32Array {
  const shares = new Float32Array(size * side);
  for (let bin = 0; bin < side; bin++) {
    const start = Math.floor((bin * size) / side);
    const end = Math.ceil(((bin + 1) * size) / side);
    for (let place = start; place < end; place++) shares[place * side + bin] = 1 / (end - start);
  }
  return shares;
}
