import { tf } from '../tf.js';
import { descend, withPenalty } from './equations.js';
import type { Optimizer, ParameterGroup } from './optimizer.js';
import { RuleOptimizer } from './ruleOptimizer.js';

export interface SgdOptions {
  /** Share of the last velocity that stays; 0 by default. */
  readonly momentum?: number;
}

/**
 * Gradient descent as torch.optim.SGD has it, with weight decay λ and momentum μ:
 *
 *     g ← g + λ p,   velocity ← μ velocity + g,   p ← p − rate · velocity
 */
export function sgd(groups: readonly ParameterGroup[], { momentum = 0 }: SgdOptions = {}): Optimizer {
  if (momentum === 0) {
    return new RuleOptimizer<never>(
      {
        name: 'sgd',
        slots: [],
        update: ({ parameter, gradient, learningRate, weightDecay }) =>
          descend(parameter, withPenalty(gradient, parameter, weightDecay), learningRate),
      },
      groups,
    );
  }
  return new RuleOptimizer(
    {
      name: 'sgd',
      slots: ['velocity'],
      update: ({ parameter, gradient, slots: { velocity }, learningRate, weightDecay }) => {
        velocity.assign(tf.add(tf.mul(velocity, momentum), withPenalty(gradient, parameter, weightDecay)));
        descend(parameter, velocity, learningRate);
      },
    },
    groups,
  );
}
