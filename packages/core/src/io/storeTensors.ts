import type { tf } from '../tf.js';
import type { StoredTensor } from './storedTensor.js';

/**
 * Reads tensors off their device.
 *
 * @returns by the same names; the data may be the engine's own, so it is good until the tensors change
 * @throws Error where a tensor's dtype has no place in a file
 */
export async function storeTensors(
  tensors: ReadonlyMap<string, tf.Tensor>,
): Promise<Map<string, StoredTensor>> {
  const stored = new Map<string, StoredTensor>();
  for (const [name, tensor] of tensors) {
    const { dtype, shape } = tensor;
    if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool') {
      throw new Error(`storeTensors: expected '${name}' to be float32, int32 or bool, but got ${dtype}.`);
    }
    const data = await tensor.data();
    stored.set(name, { dtype, shape, data } as StoredTensor);
  }
  return stored;
}
