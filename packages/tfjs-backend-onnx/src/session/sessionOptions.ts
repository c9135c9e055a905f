import type { Settings } from '../options.js';
import type { SessionOptions } from './runtime.js';

export function sessionOptions({ threads, device }: Settings): SessionOptions {
  return {
    executionProviders: device === 'cpu' ? ['cpu'] : [device, 'cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    // Errors are thrown; logging them too would only repeat them.
    logSeverityLevel: 4,
    // Threads spin while a graph runs, which makes handing out work cheap, and rest as soon as it ends.
    extra: { session: { force_spinning_stop: '1' } },
  };
}
