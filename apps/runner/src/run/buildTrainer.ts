import { Rng, type Backbone, type Method, type Trainer } from '@hash/core';
import type { Plan } from './plan.js';
import { configFor } from './resolvePlan.js';

/** A trainer with its first values. */
export function buildTrainer(
  plan: Plan,
  method: Method<unknown>,
  bits: number,
  backbone: Backbone,
): Promise<Trainer> {
  const rng = new Rng(plan.seed);
  return method.createTrainer(configFor(plan, method, bits), {
    backbone,
    rng: rng.fork('trainer', bits),
    sharedRng: rng.fork('trainer'),
  });
}
