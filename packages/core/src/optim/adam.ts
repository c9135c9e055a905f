import { tf } from '../tf.js';
import { descend, moveAverage, withPenalty } from './equations.js';
import type { Optimizer, ParameterGroup } from './optimizer.js';
import { RuleOptimizer, type UpdateRule } from './ruleOptimizer.js';

export interface AdamOptions {
  /** Decays of the two averages; [0.9, 0.999] by default. */
  readonly betas?: readonly [number, number];
  /** Outside the root, after the correction, as in PyTorch (TensorFlow.js differs); 1e-8 by default. */
  readonly epsilon?: number;
}

/**
 * Adam as torch.optim.Adam has it; weight decay λ is added to the gradient:
 *
 *     g ← g + λ p,   m ← β₁ m + (1 − β₁) g,   v ← β₂ v + (1 − β₂) g²
 *     p ← p − rate · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)
 *
 * @see Kingma & Ba, ICLR 2015, arXiv:1412.6980
 */
export function adam(groups: readonly ParameterGroup[], options: AdamOptions = {}): Optimizer {
  const { slots, update } = adamRule(options);
  return new RuleOptimizer(
    {
      name: 'adam',
      slots,
      update: (u) => update({ ...u, gradient: withPenalty(u.gradient, u.parameter, u.weightDecay) }),
    },
    groups,
  );
}

/**
 * Adam as torch.optim.AdamW has it: weight decay shrinks the parameter beside Adam's step, `p ← p − rate · λ p`.
 * @see Loshchilov & Hutter, ICLR 2019, arXiv:1711.05101
 */
export function adamW(groups: readonly ParameterGroup[], options: AdamOptions = {}): Optimizer {
  const { slots, update } = adamRule(options);
  return new RuleOptimizer(
    {
      name: 'adamW',
      slots,
      update: (u) => {
        if (u.weightDecay !== 0) descend(u.parameter, u.parameter, u.learningRate * u.weightDecay);
        update(u);
      },
    },
    groups,
  );
}

/** Without weight decay. */
function adamRule(options: AdamOptions): Omit<UpdateRule<'m' | 'v'>, 'name'> {
  const { betas = [0.9, 0.999], epsilon = 1e-8 } = options;
  const [beta1, beta2] = betas;
  return {
    slots: ['m', 'v'],
    update: ({ parameter, gradient, slots: { m, v }, step, learningRate }) => {
      moveAverage(m, gradient, beta1);
      moveAverage(v, tf.square(gradient), beta2);
      const deviation = tf.mul(tf.sqrt(v), 1 / Math.sqrt(1 - beta2 ** step));
      descend(parameter, tf.div(m, tf.add(deviation, epsilon)), learningRate / (1 - beta1 ** step));
    },
  };
}
