import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import { OnnxBackend } from './backend.js';
import type { OnnxBackendOptions } from './options.js';
import { registerKernels } from './registerKernels.js';
import { loadRuntime } from './session/runtime.js';

const NAME = 'onnx-under-test';
registerKernels(NAME);

/** Makes a backend of its own with these options the current one. */
async function use(options: OnnxBackendOptions = {}): Promise<OnnxBackend> {
  tf.registerBackend(NAME, () => new OnnxBackend(loadRuntime(), { threads: 1, ...options }));
  await tf.setBackend(NAME);
  return tf.backend() as OnnxBackend;
}

let tensorsBefore = 0;
beforeEach(() => {
  tensorsBefore = tf.memory().numTensors;
});
afterEach(() => {
  tf.removeBackend(NAME);
  expect(tf.memory().numTensors).toBe(tensorsBefore);
});

/** The numbers of a result, which is computed alone and disposed of. */
function read(compute: () => tf.Tensor): number[] {
  const result = tf.tidy(compute);
  const values = [...result.dataSync()];
  result.dispose();
  return values;
}

function variable<R extends tf.Rank>(make: () => tf.Tensor<R>): tf.Variable<R> {
  return tf.tidy(() => tf.variable(make()));
}

/** A step that keeps a variable changing. */
function walk(variable: tf.Variable): void {
  tf.tidy(() => variable.assign(tf.add(tf.mul(variable, 0.5), 1)));
}

describe('recording', () => {
  it('computes only what is read or still alive', async () => {
    const backend = await use();
    tf.tidy(() => void tf.square([1, 2, 3]));
    backend.flush();
    expect(backend.statistics().runs).toBe(0);
  });

  it('compiles a loop once, whatever its numbers', async () => {
    const backend = await use();
    for (let i = 0; i < 20; i++) expect(read(() => tf.mul([1, 2], i * i))[1]).toBe(2 * i * i);
    // For constants, for a number that varies, and for speed.
    expect(backend.statistics().compilations).toBe(3);
  });

  it('keeps no graph beyond its limit when nobody reads', async () => {
    const backend = await use({ maxPendingKernels: 10 });
    const x = variable(() => tf.tensor1d([0, 8]));
    for (let i = 0; i < 100; i++) walk(x);
    expect(backend.statistics().runs).toBeGreaterThanOrEqual(19);
    expect(x.dataSync()[1]).toBeCloseTo(2, 5);
    x.dispose();
  });

  it('runs when disposed tensors that the graph still needs grow too large', async () => {
    const backend = await use({ maxHeldBytes: 10_000 });
    const total = variable(() => tf.zeros([1000]));
    for (let i = 0; i < 20; i++) tf.tidy(() => total.assign(tf.add(total, tf.range(0, 1000))));
    expect(backend.statistics().runs).toBeGreaterThanOrEqual(5);
    expect(total.dataSync()[999]).toBe(20 * 999);
    total.dispose();
  });

  it('is not disturbed when the caller changes an array after making a tensor of it', async () => {
    await use();
    const values = Float32Array.of(1, 2);
    const doubled = tf.tidy(() => tf.mul(tf.tensor1d(values), 2));
    values.fill(100);
    expect([...doubled.dataSync()]).toEqual([2, 4]);
    doubled.dispose();
  });

  it('nor when the caller changes what was read', async () => {
    await use();
    const x = tf.tidy(() => tf.add([1, 2], 1));
    x.dataSync().fill(100);
    expect([...x.dataSync()]).toEqual([2, 3]);
    x.dispose();
  });

  it('uses a buffer again only when nobody can read it', async () => {
    const backend = await use();
    const make = (): tf.Tensor => tf.tidy(() => tf.add(tf.range(0, 1000), 1));
    const first = make();
    const kept = tf.reshape(first, [10, 100]);
    backend.flush();
    first.dispose();
    const second = make();
    backend.flush();
    expect(kept.dataSync()[999]).toBe(1000);
    expect(backend.statistics().pooledBytes).toBe(0);
    tf.dispose([kept, second]);
    expect(backend.statistics().pooledBytes).toBe(8000);
  });
});

describe('a variable', () => {
  it('has its new value in the next graph', async () => {
    await use();
    const x = variable(() => tf.tensor1d([2, 4]));
    for (let i = 0; i < 8; i++) walk(x);
    expect(x.dataSync()[1]).toBeCloseTo(2, 1);
    x.dispose();
  });

  it('that was compiled into a hot graph may change later', async () => {
    const backend = await use();
    const filter = variable<tf.Rank.R4>(() => tf.fill([3, 3, 1, 1], 2));
    const image = tf.tidy(() => tf.reshape<tf.Rank.R4>(tf.range(1, 26), [1, 5, 5, 1]));
    const total = (): number => read(() => tf.sum(tf.conv2d(image, filter, 1, 'valid')))[0] as number;
    const before = Array.from({ length: 8 }, total);
    expect(new Set(before).size).toBe(1);
    const { compilations } = backend.statistics();
    tf.tidy(() => filter.assign(tf.fill([3, 3, 1, 1], 4)));
    expect(total()).toBe(2 * (before[0] as number));
    expect(backend.statistics().compilations).toBe(compilations + 1);
    tf.dispose([filter, image]);
  });
});

describe('kernels without an ONNX form', () => {
  it('run in JavaScript on the same tensors', async () => {
    const backend = await use();
    const products = read(() => tf.mul(tf.cumprod(tf.add([1, 2, 3], 0)), 1));
    expect(products).toEqual([1, 2, 6]);
    expect(backend.statistics().fallbacks).toEqual({ Cumprod: 1 });
  });

  it('take complex numbers and strings', async () => {
    await use();
    expect(read(() => tf.mul(tf.complex([1, 2], [3, 4]), tf.complex([0, 0], [1, 1])))).toEqual([
      -3, 1, -4, 2,
    ]);
    const text = tf.tidy(() => tf.concat([tf.tensor1d(['a']), tf.tensor1d(['é'])]));
    expect(text.dataSync()).toEqual(['a', 'é']);
    text.dispose();
  });
});

describe('errors', () => {
  const pick = (index: number): tf.Tensor => {
    const x = tf.tensor1d([1, 2, 3]);
    // Computed, so that nobody knows it before the graph runs.
    return tf.gather(x, tf.add(tf.tensor1d([index, 0], 'int32'), tf.scalar(0, 'int32')));
  };

  it('name the kernel and its operands', async () => {
    await use();
    const result = tf.tidy(() => pick(7));
    expect(() => result.dataSync()).toThrow(
      /^onnxruntime backend: TensorFlow\.js kernel GatherV2\(float32\[3\], int32\[2\]\) failed: .*indices element out of data bounds/s,
    );
    expect(() => result.dataSync()).toThrow(
      'onnxruntime backend: this tensor was never computed, because the graph that makes it failed.',
    );
    result.dispose();
  });

  it('leave the backend usable', async () => {
    await use();
    const broken = tf.tidy(() => pick(7));
    expect(() => broken.dataSync()).toThrow('GatherV2');
    const dependent = tf.tidy(() => tf.neg(broken));
    expect(() => dependent.dataSync()).toThrow(
      'onnxruntime backend: Neg reads a tensor that a graph did not compute because it failed earlier.',
    );
    expect(read(() => pick(2))).toEqual([3, 1]);
    tf.dispose([broken, dependent]);
  });

  it('come at once where the values are known', async () => {
    await use();
    expect(() => tf.tidy(() => tf.gather([1, 2, 3], tf.tensor1d([7], 'int32')))).toThrow(
      'GatherV2: the index value 7 is not in [0, 2]',
    );
    expect(() => tf.tidy(() => tf.matMul(tf.ones([2, 3]), tf.ones([2, 3])))).toThrow(
      'BatchMatMul: expected equal inner sizes, but got 3 of [2, 3] and 2 of [2, 3] (transposeA false, transposeB false).',
    );
  });
});

describe('measuring', () => {
  it('times the work, even if its results are disposed of unread', async () => {
    const backend = await use();
    const x = tf.ones([256, 256]);
    const { kernelMs } = await tf.time(() => tf.tidy(() => void tf.matMul(x, x)));
    expect(kernelMs).toBeGreaterThan(0);
    expect(backend.statistics().runs).toBe(1);
    x.dispose();
  });

  it('profiles kernel by kernel', async () => {
    await use();
    const profile = await tf.profile(() => tf.tidy(() => tf.sum(tf.square([1, 2, 3]))));
    expect(profile.kernels.map(({ name }) => name)).toEqual(['Square', 'Sum']);
    expect(profile.newTensors).toBe(1);
    for (const { kernelTimeMs } of profile.kernels) expect(await kernelTimeMs).toBeGreaterThanOrEqual(0);
    (profile.result as tf.Tensor).dispose();
  });

  it('knows its memory', async () => {
    await use();
    expect(tf.memory().unreliable).toBe(false);
  });
});

describe('dispose', () => {
  it('frees all sessions and buffers', async () => {
    const backend = await use();
    tf.tidy(() => tf.add(tf.range(0, 1000), 1).dataSync());
    expect(backend.statistics().sessions).toBe(1);
    backend.dispose();
    expect(backend.statistics()).toMatchObject({ sessions: 0, pooledBytes: 0 });
  });
});

describe('a training', () => {
  /** A layer of everything that ONNX Runtime likes to fuse, from the same values each time. */
  const network = () =>
    [
      tf.randomNormal([24, 32], 0, 0.3, 'float32', 1),
      tf.randomNormal([32], 0, 0.3, 'float32', 2),
      tf.randomNormal([32, 5], 0, 0.3, 'float32', 3),
    ].map((value) => tf.variable(value));

  function step(parameters: tf.Variable[], seed: number): void {
    const [first, bias, second] = parameters as [tf.Variable, tf.Variable, tf.Variable];
    const loss = () => {
      const x = tf.randomNormal([7, 24], 1, 1, 'float32', seed);
      const hidden = tf.add(tf.matMul(x, first as tf.Tensor2D), bias);
      const { mean, variance } = tf.moments(hidden, -1, true);
      const norm = tf.div(tf.sub(hidden, mean), tf.sqrt(tf.add(variance, 1e-5)));
      const gelu = tf.mul(tf.mul(norm, 0.5), tf.add(tf.erf(tf.div(norm, Math.SQRT2)), 1));
      return tf.mean<tf.Scalar>(tf.square(tf.matMul(gelu as tf.Tensor2D, second as tf.Tensor2D)));
    };
    tf.tidy(() => {
      const { value, grads } = tf.variableGrads(loss, parameters);
      value.dataSync();
      for (const variable of parameters)
        variable.assign(tf.sub(variable, tf.mul(grads[variable.name] as tf.Tensor, 0.05)));
    });
  }

  const values = (parameters: tf.Variable[]) => parameters.map((variable) => [...variable.dataSync()]);

  it('ends at the same bits in a backend that has run long and in one that took over', async () => {
    await use();
    const parameters = tf.tidy(network);
    for (let seed = 1; seed <= 12; seed++) step(parameters, seed);
    const whole = values(parameters);
    tf.dispose(parameters);
    const first = tf.tidy(network);
    for (let seed = 1; seed <= 8; seed++) step(first, seed);
    const halfway = first.map((variable) => variable.arraySync());
    tf.dispose(first);
    tf.removeBackend(NAME);
    await use();
    const second = tf.tidy(() => halfway.map((value) => tf.variable(tf.tensor(value as number[]))));
    for (let seed = 9; seed <= 12; seed++) step(second, seed);
    expect(values(second)).toEqual(whole);
    tf.dispose(second);
  });
});
