import { tf } from '../tf.js';

/**
 * Kernels that the current engine left to JavaScript for want of a form of its own, with the number of calls; undefined
 * where the engine does not tell.
 */
export async function engineFallbacks(): Promise<Readonly<Record<string, number>> | undefined> {
  if (tf.getBackend() !== 'onnxruntime') return undefined;
  const name: string = '@hash/tfjs-backend-onnx';
  const { onnxStatistics } = (await import(name)) as {
    onnxStatistics: () => { readonly fallbacks: Readonly<Record<string, number>> } | undefined;
  };
  return onnxStatistics()?.fallbacks;
}
