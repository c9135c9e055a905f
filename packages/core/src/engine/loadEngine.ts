import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { tf } from '../tf.js';
import type { EngineName } from './engineName.js';

const require = createRequire(import.meta.url);

export interface EngineOptions {
  /** Where `onnxruntime` computes: `cpu` by default, or an execution provider that it has here, as `cuda` or `webgpu`. */
  readonly device?: string;
}

/** How to make each engine TensorFlow.js's current backend. A loader throws where the engine cannot be used. */
const LOADERS: Readonly<Record<EngineName, (options: EngineOptions) => Promise<void>>> = {
  'tensorflow-gpu': () => loadTensorflow('@tensorflow/tfjs-node-gpu'),
  tensorflow: () => loadTensorflow('@tensorflow/tfjs-node'),
  onnxruntime: loadOnnxruntime,
  wasm: loadWasm,
  cpu: loadCpu,
};

/** @throws Error that says why the engine cannot be used here */
export async function loadEngine(name: EngineName, options: EngineOptions = {}): Promise<void> {
  if (options.device !== undefined && name !== 'onnxruntime')
    throw new Error(`only onnxruntime takes a device, but ${options.device} was asked for`);
  await LOADERS[name](options);
  const two = tf.tidy(() => tf.add(1, 1).dataSync()[0]);
  if (two !== 2) throw new Error(`it loads, but computes 1 + 1 = ${two}`);
}

/** An optional package's exports. Its name is a variable so that neither types nor bundlers need it. */
async function importOptional(name: string, install: string): Promise<Record<string, unknown>> {
  try {
    return (await import(name)) as Record<string, unknown>;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const missing = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
    if (missing && message.includes(`'${name}'`))
      throw new Error(`not installed (${install})`, { cause: error });
    const reason = message.split('\n', 1)[0] ?? message;
    throw new Error(`${name} is installed but cannot be loaded: ${reason}`, { cause: error });
  }
}

async function loadTensorflow(name: string): Promise<void> {
  // tfjs-node 4.22 calls two functions of node:util that Node 23 removed.
  const util = require('node:util') as { isNullOrUndefined?: (value: unknown) => boolean };
  util.isNullOrUndefined ??= (value) => value === null || value === undefined;
  await importOptional(name, `npm install ${name}@4.22.0`);
  await activate('tensorflow');
}

async function loadOnnxruntime({ device }: EngineOptions): Promise<void> {
  const name = '@hash/tfjs-backend-onnx';
  const engine = await importOptional(name, `npm install ${name}`);
  const register = engine['registerOnnxBackend'] as ((options: EngineOptions) => string) | undefined;
  if (register === undefined)
    throw new Error(`${name} does not export registerOnnxBackend; is it up to date?`);
  await activate(register({ device }));
}

async function loadWasm(): Promise<void> {
  const name = '@tensorflow/tfjs-backend-wasm';
  const wasm = await importOptional(name, `npm install ${name}@4.22.0`);
  // Without a path the module is looked for beside the program's main file.
  const setWasmPaths = wasm['setWasmPaths'] as (folder: string) => void;
  setWasmPaths(dirname(require.resolve(`${name}/package.json`)) + `${sep}dist${sep}`);
  await activate('wasm');
}

async function loadCpu(): Promise<void> {
  // The backend advises on its first write to install tfjs-node; whoever chose an engine has read our own advice.
  const production = tf.env().getBool('PROD');
  tf.env().set('PROD', true);
  await activate('cpu');
  tf.tensor1d([0]).dispose();
  tf.env().set('PROD', production);
}

async function activate(backend: string): Promise<void> {
  if (!(await tf.setBackend(backend)))
    throw new Error(`TensorFlow.js could not initialise its backend '${backend}'`);
  await tf.ready();
}
