import type * as tf from '@tensorflow/tfjs';

/** Element types inside a graph; leaves and results have only those that TensorFlow.js knows. */
export type OnnxDtype = 'float32' | 'int32' | 'bool' | 'int64' | 'float64';

/** Element types that a lazy tensor can have; strings and complex numbers stay with the JavaScript kernels. */
export type NumericDtype = 'float32' | 'int32' | 'bool';

/** TensorProto.DataType. */
export const DTYPE_CODES: Readonly<Record<OnnxDtype, number>> = {
  float32: 1,
  int32: 6,
  int64: 7,
  bool: 9,
  float64: 11,
};

export const BYTES_PER_ELEMENT: Readonly<Record<NumericDtype, number>> = { float32: 4, int32: 4, bool: 1 };

export function isNumeric(dtype: tf.DataType): dtype is NumericDtype {
  return dtype === 'float32' || dtype === 'int32' || dtype === 'bool';
}
