/** The networks of the engine benchmark, from the parts of @hash/core; engineTorch.py has the same ones. */
import { BatchNorm, Conv2d, gelu, LayerNorm, Linear, MultiHeadAttention, Rng, tf } from '@hash/core';

/** A vision transformer with class token, learnt positions and a mean square as loss. */
export function visionTransformer({ blocks, width, heads, size, patch }) {
  const rng = new Rng(1);
  const places = (size / patch) ** 2 + 1;
  const embed = new Conv2d({ inputs: 3, outputs: width, size: patch, stride: patch, rng });
  const token = tf.variable(tf.zeros([1, 1, width]));
  const positions = tf.variable(tf.randomNormal([1, places, width], 0, 0.02, 'float32', 1));
  const norm = () => new LayerNorm({ width, epsilon: 1e-6 });
  const layers = Array.from({ length: blocks }, () => ({
    attentionNorm: norm(),
    attention: new MultiHeadAttention({ width, heads, rng }),
    mlpNorm: norm(),
    expand: new Linear({ inputs: width, outputs: 4 * width, rng }),
    contract: new Linear({ inputs: 4 * width, outputs: width, rng }),
  }));
  const last = norm();
  const block = (x, { attentionNorm, attention, mlpNorm, expand, contract }) => {
    const attended = tf.add(x, attention.apply(attentionNorm.apply(x)));
    return tf.add(attended, contract.apply(gelu(expand.apply(mlpNorm.apply(attended)))));
  };
  return (images) => {
    const n = images.shape[0];
    const patches = tf.reshape(embed.apply(images), [n, places - 1, width]);
    const tokens = tf.concat([tf.mul(token, tf.ones([n, 1, 1])), patches], 1);
    const x = layers.reduce(block, tf.add(tokens, positions));
    return tf.reshape(tf.slice(last.apply(x), [0, 0, 0], [n, 1, width]), [n, width]);
  };
}

function convNorm({ rng, ...options }) {
  const convolution = new Conv2d({ ...options, bias: null, rng });
  const norm = new BatchNorm({ channels: options.outputs });
  return (x, pass) => norm.apply(convolution.apply(x), pass);
}

export function resNet34() {
  const rng = new Rng(1);
  const stem = convNorm({ inputs: 3, outputs: 64, size: 7, stride: 2, padding: 3, rng });
  const blocks = [];
  let inputs = 64;
  [3, 4, 6, 3].forEach((count, stage) => {
    const outputs = 64 << stage;
    for (let i = 0; i < count; i++) {
      const stride = i === 0 && stage > 0 ? 2 : 1;
      blocks.push({
        first: convNorm({ inputs, outputs, size: 3, stride, padding: 1, rng }),
        second: convNorm({ inputs: outputs, outputs, size: 3, padding: 1, rng }),
        shortcut: stride === 1 ? (x) => x : convNorm({ inputs, outputs, size: 1, stride, rng }),
      });
      inputs = outputs;
    }
  });
  return (images, pass) => {
    const pooled = tf.maxPool(tf.relu(stem(images, pass)), 3, 2, 1);
    const x = blocks.reduce(
      (x, { first, second, shortcut }) =>
        tf.relu(tf.add(second(tf.relu(first(x, pass)), pass), shortcut(x, pass))),
      pooled,
    );
    return tf.mean(x, [1, 2]);
  };
}

export function mobileNetV2() {
  const rng = new Rng(1);
  const stem = convNorm({ inputs: 3, outputs: 32, size: 3, stride: 2, padding: 1, rng });
  const blocks = [];
  let inputs = 32;
  for (const [expansion, outputs, count, firstStride] of [
    [1, 16, 1, 1],
    [6, 24, 2, 2],
    [6, 32, 3, 2],
    [6, 64, 4, 2],
    [6, 96, 3, 1],
    [6, 160, 3, 2],
    [6, 320, 1, 1],
  ])
    for (let i = 0; i < count; i++) {
      const stride = i === 0 ? firstStride : 1;
      const hidden = inputs * expansion;
      const expand = expansion === 1 ? undefined : convNorm({ inputs, outputs: hidden, size: 1, rng });
      const spatial = { inputs: hidden, outputs: hidden, size: 3, stride, padding: 1, depthwise: true, rng };
      blocks.push({
        expand,
        filter: convNorm(spatial),
        project: convNorm({ inputs: hidden, outputs, size: 1, rng }),
        residual: stride === 1 && inputs === outputs,
      });
      inputs = outputs;
    }
  const head = convNorm({ inputs, outputs: 1280, size: 1, rng });
  return (images, pass) => {
    const x = blocks.reduce(
      (x, { expand, filter, project, residual }) => {
        const wide = expand === undefined ? x : tf.relu6(expand(x, pass));
        const y = project(tf.relu6(filter(wide, pass)), pass);
        return residual ? tf.add(x, y) : y;
      },
      tf.relu6(stem(images, pass)),
    );
    return tf.mean(tf.relu6(head(x, pass)), [1, 2]);
  };
}
