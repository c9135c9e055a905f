import { createRequire } from 'node:module';
import { isMainThread } from 'node:worker_threads';
import { Tensor } from 'onnxruntime-common';

/** The synchronous session of onnxruntime-node; its public API has only one that defers to the event loop. */
export interface NativeSession {
  loadModel(buffer: ArrayBufferLike, offset: number, length: number, options: SessionOptions): void;
  run(feeds: NativeTensors, fetches: NativeTensors, options: object): NativeTensors;
  dispose(): void;
}

/** What the binding reads of a tensor. */
export interface NativeTensor {
  readonly location: 'cpu';
  readonly type: string;
  readonly dims: readonly number[];
  readonly data: ArrayBufferView;
}

export type NativeTensors = Record<string, NativeTensor>;

export interface SessionOptions {
  readonly executionProviders?: readonly (string | { readonly name: string })[];
  readonly intraOpNumThreads: number;
  readonly interOpNumThreads: number;
  readonly graphOptimizationLevel: 'disabled' | 'basic' | 'extended' | 'all';
  readonly logSeverityLevel: 0 | 1 | 2 | 3 | 4;
  readonly enableCpuMemArena?: boolean;
  readonly enableMemPattern?: boolean;
  readonly enableProfiling?: boolean;
  readonly profileFilePrefix?: string;
  readonly optimizedModelFilePath?: string;
  readonly extra?: Readonly<Record<string, unknown>>;
}

export interface Runtime {
  createSession(): NativeSession;
}

type TensorConstructor = new (type: string, data: unknown, dims: readonly number[]) => object;

interface Binding {
  readonly binding: {
    readonly InferenceSession: new () => NativeSession;
    initOrtOnce(logLevel: number, tensor: TensorConstructor, isMainThread: boolean): void;
  };
}

const ERRORS_ONLY = 3;

let loaded: Runtime | undefined;

/**
 * Loads onnxruntime-node's native library, once.
 *
 * @throws Error  when the package is missing or its library cannot be loaded on this system, with the reason
 */
export function loadRuntime(): Runtime {
  loaded ??= load();
  return loaded;
}

function load(): Runtime {
  const { binding } = requireBinding();
  let inOwnRun = false;
  // The binding wraps every result in such an object. Ours go unused, since a run writes into arrays that we hand it;
  // real ones are for other users of onnxruntime-node in this process.
  const TensorOrNothing = class {
    constructor(...values: ConstructorParameters<TensorConstructor>) {
      return inOwnRun ? {} : new Tensor(values[0] as 'float32', values[1] as Float32Array, values[2]);
    }
  };
  binding.initOrtOnce(ERRORS_ONLY, TensorOrNothing, isMainThread);
  return {
    createSession() {
      const session = new binding.InferenceSession();
      return {
        loadModel: (...model) => session.loadModel(...model),
        run(feeds, fetches, options) {
          inOwnRun = true;
          try {
            return session.run(feeds, fetches, options);
          } finally {
            inOwnRun = false;
          }
        },
        dispose: () => session.dispose(),
      };
    },
  };
}

function requireBinding(): Binding {
  try {
    return createRequire(import.meta.url)('onnxruntime-node/dist/binding.js') as Binding;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const missing = code === 'MODULE_NOT_FOUND' && message.includes('onnxruntime-node/');
    const what = missing ? 'is not installed' : 'is installed, but its native library cannot be loaded';
    throw new Error(
      `onnxruntime-node ${what} (${process.platform}-${process.arch}, Node ${process.versions.node}): ${message}`,
      { cause: error },
    );
  }
}
