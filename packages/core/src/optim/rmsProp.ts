import { tf } from '../tf.js';
import { descend, moveAverage, withPenalty } from './equations.js';
import type { Optimizer, ParameterGroup } from './optimizer.js';
import { RuleOptimizer } from './ruleOptimizer.js';

export interface RmsPropOptions {
  /** Decay of the average α; 0.99 by default. */
  readonly decay?: number;
  /** Outside the root, as in PyTorch (TensorFlow.js differs); 1e-8 by default. */
  readonly epsilon?: number;
}

/**
 * RMSprop as torch.optim.RMSprop has it, neither centred nor with momentum; λ is the weight decay:
 *
 *     g ← g + λ p,   v ← α v + (1 − α) g²,   p ← p − rate · g / (√v + ε)
 */
export function rmsProp(groups: readonly ParameterGroup[], options: RmsPropOptions = {}): Optimizer {
  const { decay = 0.99, epsilon = 1e-8 } = options;
  return new RuleOptimizer(
    {
      name: 'rmsProp',
      slots: ['v'],
      update: ({ parameter, gradient, slots: { v }, learningRate, weightDecay }) => {
        const penalised = withPenalty(gradient, parameter, weightDecay);
        moveAverage(v, tf.square(penalised), decay);
        descend(parameter, tf.div(penalised, tf.add(tf.sqrt(v), epsilon)), learningRate);
      },
    },
    groups,
  );
}
