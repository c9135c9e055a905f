import { availableParallelism, totalmem } from 'node:os';

export interface OnnxBackendOptions {
  /** Threads of a run. All cores when left out. */
  readonly threads?: number;
  /** Where the graphs run: `cpu`, or another execution provider that onnxruntime-node has on this system. */
  readonly device?: string;
  /** Compiled graphs that are kept. */
  readonly maxSessions?: number;
  /** Of these, the ones that may hold memory for intermediate results between runs. */
  readonly maxHotSessions?: number;
  /** Recorded kernels after which the graph runs even if nobody reads. */
  readonly maxPendingKernels?: number;
  /** Bytes of disposed tensors that the recorded graph may still hold before it runs. */
  readonly maxHeldBytes?: number;
  /** Bytes of unused result buffers that are kept for later. */
  readonly maxPooledBytes?: number;
  /** Sees each ONNX model before it is loaded, for example to write it to a file for a viewer. */
  readonly onModel?: (model: Uint8Array) => void;
  /** ONNX Runtime writes the times of all nodes of the graphs compiled for speed to files that begin so. None if empty. */
  readonly profilePrefix?: string;
}

export type Settings = Required<OnnxBackendOptions>;

export function resolveOptions(options: OnnxBackendOptions): Settings {
  return {
    threads: options.threads ?? availableParallelism(),
    device: options.device ?? 'cpu',
    maxSessions: options.maxSessions ?? 64,
    maxHotSessions: options.maxHotSessions ?? 4,
    maxPendingKernels: options.maxPendingKernels ?? 20_000,
    maxHeldBytes: options.maxHeldBytes ?? Math.floor(totalmem() / 16),
    maxPooledBytes: options.maxPooledBytes ?? Math.floor(totalmem() / 8),
    onModel: options.onModel ?? (() => undefined),
    profilePrefix: options.profilePrefix ?? '',
  };
}
