import type { AugmentSpec } from '@hash/core';
import { compileOps, type CompiledAugment } from './compileOps.js';
import { parseAugment } from './parseAugment.js';

/**
 * Checks a pipeline and makes it ready for {@link applyAugment}.
 *
 * @param what  whose pipeline it is, for messages
 * @throws TypeError if an op is wrong, something follows `normalize`, or the result is not a square of fixed size
 */
export function compileAugment(spec: AugmentSpec, what: string): CompiledAugment {
  return compileOps(parseAugment(spec, what), what);
}
