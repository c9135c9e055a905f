import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Rng } from '../random/rng.js';
import { tf } from '../tf.js';
import { assignParameters } from './assignParameters.js';
import { BatchNorm, type BatchNormOptions } from './batchNorm.js';
import { Conv2d, type Conv2dOptions } from './conv2d.js';
import { gelu, quickGelu } from './gelu.js';
import { LayerNorm, type LayerNormOptions } from './layerNorm.js';
import { Linear, type LinearOptions } from './linear.js';
import type { Module } from './module.js';
import { MultiHeadAttention, type MultiHeadAttentionOptions } from './multiHeadAttention.js';
import { disposeParameters, flattenParameters } from './parameterTree.js';

interface Stored {
  readonly shape: number[];
  readonly data: number[];
}

interface Case {
  readonly layer: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly parameters: Readonly<Record<string, Stored>>;
  readonly input: Stored;
  readonly mask?: Stored;
  readonly output: Stored;
  readonly upstream: Stored;
  readonly gradients: Readonly<Record<string, Stored>>;
  readonly state: Readonly<Record<string, Stored>>;
}

interface Layer extends Module {
  apply(x: tf.Tensor): tf.Tensor;
}

const { cases } = JSON.parse(readFileSync(new URL('../../fixtures/nn.json', import.meta.url), 'utf8')) as {
  cases: Case[];
};

/** Float32 against float64: a few roundings of values of the order of 1 to 10. */
const TOLERANCE = 2e-5;

describe.each(
  cases.map((c) => [`${c.layer} ${JSON.stringify(c.options)} [${c.input.shape.join(', ')}]`, c] as const),
)('against PyTorch: %s', (_, stored) => {
  it('gives the same output, gradients and state, and leaks no tensor', () => {
    const start = tf.memory().numTensors;
    const layer = makeLayer(stored);
    const values = Object.entries(stored.parameters).map(([name, { shape, data }]) => {
      return [name, { dtype: 'float32', shape, data: new Float32Array(data) }] as const;
    });
    assignParameters('oracle', layer.parameters, new Map(values));
    const made = tf.memory().numTensors;

    tf.tidy(() => check(layer, stored));

    expect(tf.memory().numTensors).toBe(made);
    disposeParameters(layer.parameters);
    expect(tf.memory().numTensors).toBe(start);
  });
});

function check(layer: Layer, stored: Case): void {
  const upstream = toTensor(stored.upstream);
  const named: Record<string, tf.Tensor> = { input: tf.variable(toTensor(stored.input)) };
  for (const [name, variable] of flattenParameters(layer.parameters)) {
    if (name in stored.gradients) named[name] = variable;
  }
  let output: tf.Tensor | undefined;
  const { grads } = tf.variableGrads(
    () => {
      output = tf.keep(layer.apply(named.input!));
      return tf.sum<tf.Scalar>(tf.mul(output, upstream));
    },
    Object.values(named) as tf.Variable[],
  );

  expectClose(output!, stored.output);
  output!.dispose();
  for (const [name, variable] of Object.entries(named)) {
    expectClose(grads[(variable as tf.Variable).name]!, stored.gradients[name]!);
  }
  for (const [name, expected] of Object.entries(stored.state)) {
    expectClose(flattenParameters(layer.parameters).get(name)!, expected);
  }
  named.input!.dispose();
}

function makeLayer({ layer, options, parameters, mask }: Case): Layer {
  const rng = new Rng(0);
  const bias = 'bias' in parameters ? undefined : null;
  switch (layer) {
    case 'linear':
      return new Linear({ ...(options as unknown as LinearOptions), bias, rng });
    case 'layerNorm':
      return new LayerNorm(options as unknown as LayerNormOptions);
    case 'batchNorm': {
      const { training, ...rest } = options as unknown as BatchNormOptions & { training: boolean };
      const module = new BatchNorm(rest);
      return { parameters: module.parameters, apply: (x) => module.apply(x, { training }) };
    }
    case 'conv2d': {
      const module = new Conv2d({ ...(options as unknown as Conv2dOptions), bias, rng });
      return { parameters: module.parameters, apply: (x) => module.apply(x as tf.Tensor4D) };
    }
    case 'attention': {
      const module = new MultiHeadAttention({ ...(options as unknown as MultiHeadAttentionOptions), rng });
      const apply = (x: tf.Tensor) => module.apply(x as tf.Tensor3D, mask && toTensor(mask));
      return { parameters: module.parameters, apply };
    }
    case 'gelu':
      return { parameters: {}, apply: gelu };
    case 'quickGelu':
      return { parameters: {}, apply: quickGelu };
    default:
      throw new Error(`pytorch.test: no such layer: ${layer}.`);
  }
}

function toTensor({ shape, data }: Stored): tf.Tensor {
  return tf.tensor(data, shape);
}

function expectClose(actual: tf.Tensor, expected: Stored): void {
  expect(actual.shape).toEqual(expected.shape);
  const data = actual.dataSync();
  const worst = expected.data.reduce(
    (most, x, i) => Math.max(most, Math.abs(x - data[i]!) / (1 + Math.abs(x))),
    0,
  );
  expect(worst).toBeLessThan(TOLERANCE);
}
