import { createBackbone } from '@hash/backbones';
import { Rng, type Method, type Trainer } from '@hash/core';
import type { Plan } from './plan.js';
import { configFor } from './resolvePlan.js';

/**
 * A trainer with its first values. The backbone's depend on the seed alone, so all bit lengths start from the same ones.
 *
 * @param weights  leave them out where a saved model is read afterwards
 */
export async function buildTrainer(
  plan: Plan,
  method: Method<unknown>,
  bits: number,
  weights: string | null = plan.backbone.weights,
): Promise<Trainer> {
  const rng = new Rng(plan.seed);
  const { name, options } = plan.backbone;
  const backbone = await createBackbone(name, { options, weights, rng: rng.fork('backbone') });
  return method.createTrainer(configFor(plan, method, bits), { backbone, rng: rng.fork('trainer', bits) });
}
