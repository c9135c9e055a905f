import { describe, expect, it } from '@jest/globals';
import { leakedTensors } from '../testing/index.js';
import { tf } from '../tf.js';
import { restoreTensor } from './restoreTensor.js';
import { storeTensors } from './storeTensors.js';

describe('storeTensors', () => {
  it('reads each dtype off the device, and restoreTensor brings it back', async () => {
    const tensors = new Map<string, tf.Tensor>([
      ['a', tf.tensor2d([[1, -0, 1e-45]])],
      ['b', tf.tensor1d([-(2 ** 31), 2 ** 31 - 1], 'int32')],
      ['c', tf.scalar(true, 'bool')],
      ['d', tf.zeros([0, 2])],
    ]);
    const stored = await storeTensors(tensors);
    expect(Object.fromEntries(stored)).toEqual({
      a: { dtype: 'float32', shape: [1, 3], data: Float32Array.of(1, -0, 1e-45) },
      b: { dtype: 'int32', shape: [2], data: Int32Array.of(-(2 ** 31), 2 ** 31 - 1) },
      c: { dtype: 'bool', shape: [], data: Uint8Array.of(1) },
      d: { dtype: 'float32', shape: [0, 2], data: new Float32Array() },
    });
    const restored = new Map([...stored].map(([name, tensor]) => [name, restoreTensor(tensor)]));
    expect(await storeTensors(restored)).toEqual(stored);
    tf.dispose([...tensors.values(), ...restored.values()]);
  });

  it('makes int32 of uint8', () => {
    const tensor = restoreTensor({ dtype: 'uint8', shape: [2], data: Uint8Array.of(0, 255) });
    expect([tensor.dtype, ...tensor.dataSync()]).toEqual(['int32', 0, 255]);
    tensor.dispose();
  });

  it('refuses what no file holds', async () => {
    const text = tf.tensor1d(['a']);
    await expect(storeTensors(new Map([['names', text]]))).rejects.toThrow(
      "storeTensors: expected 'names' to be float32, int32 or bool, but got string.",
    );
    text.dispose();
  });

  it('leaves no tensor behind', async () => {
    const tensor = tf.tensor1d([1]);
    expect(await leakedTensors(() => storeTensors(new Map([['a', tensor]])))).toBe(0);
    tensor.dispose();
  });
});
