import type { Settings } from '../options.js';
import type { SessionOptions } from './runtime.js';

/**
 * How a graph is compiled: `cold` in little time, and holding no memory between runs; `hot` for speed, with an arena
 * that keeps what a run needed for the next one.
 */
export type Tier = 'cold' | 'hot';

export function sessionOptions({ threads, device, profilePrefix }: Settings, tier: Tier): SessionOptions {
  return {
    executionProviders: device === 'cpu' ? ['cpu'] : [device, 'cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: tier === 'cold' ? 'disabled' : 'all',
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
