import type { Settings } from '../options.js';
import type { SessionOptions } from './runtime.js';

/** How a graph is held: `cold`, without memory between runs; `hot`, with an arena that keeps what a run needed. */
export type Tier = 'cold' | 'hot';

/**
 * How far ONNX Runtime may rewrite a graph: `exact` as far as results keep their bits, so that a training does not depend
 * on when its graph was compiled; `fast` with its fusions, and with convolutions in blocks of constant weights.
 */
export type Precision = 'exact' | 'fast';

export function sessionOptions(
  { threads, device, profilePrefix }: Settings,
  tier: Tier,
  precision: Precision,
): SessionOptions {
  return {
    executionProviders: device === 'cpu' ? ['cpu'] : [device, 'cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: precision === 'exact' ? 'basic' : 'all',
    enableCpuMemArena: tier === 'hot',
    // A plan of all memory makes the second run allocate everything again, beside what the first one left in the arena.
    enableMemPattern: false,
    ...(tier === 'hot' && profilePrefix && { enableProfiling: true, profileFilePrefix: profilePrefix }),
    // Errors are thrown; logging them too would only repeat them.
    logSeverityLevel: 4,
    // Threads spin while a graph runs, which makes handing out work cheap, and rest as soon as it ends.
    extra: { session: { force_spinning_stop: '1' } },
  };
}
