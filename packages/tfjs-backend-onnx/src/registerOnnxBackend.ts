import * as tf from '@tensorflow/tfjs';
import { OnnxBackend } from './backend.js';
import type { OnnxBackendOptions } from './options.js';
import { registerKernels } from './registerKernels.js';
import { loadRuntime } from './session/runtime.js';
import type { OnnxStatistics } from './statistics.js';

const BACKEND_NAME = 'onnxruntime';

/** Tried before wasm (2) and cpu (1) where TensorFlow.js picks a backend by itself. */
const PRIORITY = 3;

/**
 * Registers the backend with TensorFlow.js; `await tf.setBackend('onnxruntime')` then makes it the current one. Later
 * calls change nothing, their options included.
 *
 * @returns the backend's name
 * @throws Error  when onnxruntime-node or its native library cannot be loaded, with the reason
 */
export function registerOnnxBackend(options: OnnxBackendOptions = {}): string {
  if (tf.engine().registryFactory[BACKEND_NAME] !== undefined) return BACKEND_NAME;
  const runtime = loadRuntime();
  registerKernels(BACKEND_NAME);
  tf.registerBackend(BACKEND_NAME, () => new OnnxBackend(runtime, options), PRIORITY);
  return BACKEND_NAME;
}

/** What the backend did since it became active; undefined before that. */
export function onnxStatistics(): OnnxStatistics | undefined {
  const backend = tf.findBackend(BACKEND_NAME) as OnnxBackend | null;
  return backend?.statistics();
}
