import { Rng, type Backbone, type Method, type Trainer } from '@hash/core';
import type { Plan } from './plan.js';
import { trainerProblems } from './methodProblems.js';
import { configFor } from './resolvePlan.js';

/**
 * A trainer with its first values.
 *
 * @throws Error  where the method gives something else
 */
export async function buildTrainer(
  plan: Plan,
  method: Method<unknown>,
  bits: number,
  backbone: Backbone,
): Promise<Trainer> {
  const rng = new Rng(plan.seed);
  const trainer = await method.createTrainer(configFor(plan, method, bits), {
    backbone,
    rng: rng.fork('trainer', bits),
    sharedRng: rng.fork('trainer'),
  });
  const problems = trainerProblems(trainer);
  if (problems.length === 0) return trainer;
  throw new Error(`Method ${method.name}: createTrainer: ${problems.join('; ')}.`);
}
