import { createBackbone } from '@hash/backbones';
import { Rng, type Backbone } from '@hash/core';
import type { Plan } from './plan.js';

/**
 * A run's backbone with its first values. They depend on the seed alone, so all bit lengths start from the same ones.
 *
 * @param weights  leave them out where a saved model is read afterwards
 */
export async function makeBackbone(
  plan: Plan,
  weights: string | null = plan.backbone.weights,
): Promise<Backbone> {
  const { name, options } = plan.backbone;
  return createBackbone(name, { options, weights, rng: new Rng(plan.seed).fork('backbone') });
}
