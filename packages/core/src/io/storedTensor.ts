/** A tensor in host memory, row-major, as files hold it. TensorFlow.js has no uint8: there it becomes int32. */
export type StoredTensor =
  | { readonly dtype: 'float32'; readonly shape: readonly number[]; readonly data: Float32Array }
  | { readonly dtype: 'int32'; readonly shape: readonly number[]; readonly data: Int32Array }
  | { readonly dtype: 'uint8' | 'bool'; readonly shape: readonly number[]; readonly data: Uint8Array };
