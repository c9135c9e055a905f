import { BLOCKED_DOMAIN, encodeModel } from '../onnx/model.js';
import type { Settings } from '../options.js';
import type { NativeTensor, Runtime } from './runtime.js';
import { sessionOptions } from './sessionOptions.js';

const known = new WeakMap<Runtime, number>();

/**
 * How many channels of a pixel lie side by side in the blocked layout of ONNX Runtime's convolutions: 16 with AVX-512, 8
 * with AVX, 0 where it has no such layout.
 */
export function channelBlock(runtime: Runtime, settings: Settings): number {
  if (settings.device !== 'cpu') return 0;
  let block = known.get(runtime);
  if (block === undefined) {
    block = blockOf(reorderedChannels(runtime, settings));
    known.set(runtime, block);
  }
  return block;
}

const PIXELS = 2;
const CHANNELS = 64;
const INPUT = { name: 'x', dtype: 'float32', shape: [1, 1, PIXELS, CHANNELS] } as const;
const OUTPUT = { name: 'y', dtype: 'float32', shape: [1, CHANNELS, 1, PIXELS] } as const;

/** Two pixels, whose channels are numbered through, as the runtime lays them out; undefined where it cannot. */
function reorderedChannels(runtime: Runtime, settings: Settings): Float32Array | undefined {
  const attributes = { channels_last: 1 };
  const io = { inputs: [INPUT.name], outputs: [OUTPUT.name] };
  const node = { name: 'probe', op: 'ReorderInput', domain: BLOCKED_DOMAIN, ...io, attributes } as const;
  const model = encodeModel({ nodes: [node], constants: [], inputs: [INPUT], outputs: [OUTPUT] });
  const numbered = Float32Array.from({ length: PIXELS * CHANNELS }, (_, i) => i);
  const reordered = new Float32Array(numbered.length);
  const session = runtime.createSession();
  try {
    const options = sessionOptions({ ...settings, threads: 1 }, 'cold', 'exact');
    session.loadModel(model.buffer, model.byteOffset, model.byteLength, options);
    session.run({ x: tensor(INPUT, numbered) }, { y: tensor(OUTPUT, reordered) }, {});
    return reordered;
  } catch {
    return undefined; // The layout is the runtime's own affair; a version or a processor may be without it.
  } finally {
    session.dispose();
  }
}

function tensor({ dtype, shape }: typeof INPUT | typeof OUTPUT, data: Float32Array): NativeTensor {
  return { location: 'cpu', type: dtype, dims: shape, data };
}

function blockOf(reordered: Float32Array | undefined): number {
  const block = reordered?.findIndex((channel, i) => channel !== i) ?? 0;
  return block > 1 ? block : 0;
}
