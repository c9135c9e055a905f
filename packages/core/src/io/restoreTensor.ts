import { tf } from '../tf.js';
import type { StoredTensor } from './storedTensor.js';

/** A tensor of the stored values; uint8 becomes int32. The engine may keep the array: do not change it afterwards. */
export function restoreTensor({ data, shape, dtype }: StoredTensor): tf.Tensor {
  return tf.tensor(data, [...shape], dtype === 'uint8' ? 'int32' : dtype);
}
