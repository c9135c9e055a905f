import { tf } from '../tf.js';
import { descend, moveAverage, withPenalty } from './equations.js';
import type { Optimizer, ParameterGroup } from './optimizer.js';
import { RuleOptimizer } from './ruleOptimizer.js';

export interface BertAdamOptions {
  /** Decays of the two averages; [0.9, 0.98] by default, as the CLIP-based methods have it. */
  readonly betas?: readonly [number, number];
  /** Outside the root; 1e-6 by default. */
  readonly epsilon?: number;
  /** Each gradient is scaled down to this norm by itself, not all together; 1 by default, Infinity for never. */
  readonly maxGradientNorm?: number;
}

/**
 * The Adam that BERT and the CLIP-based hashing methods were trained with. It clips each gradient by itself, does not
 * correct the averages for their start at 0, and decays weights beside the step:
 *
 *     g ← g · min(1, maxGradientNorm / (‖g‖ + 1e-6)),   m ← β₁ m + (1 − β₁) g,   v ← β₂ v + (1 − β₂) g²
 *     p ← p − rate · (m / (√v + ε) + λ p)
 *
 * Its warm-up is a schedule: `schedules.warmupCosine`, `warmupLinear` or `warmupConstant`.
 */
export function bertAdam(groups: readonly ParameterGroup[], options: BertAdamOptions = {}): Optimizer {
  const { betas = [0.9, 0.98], epsilon = 1e-6, maxGradientNorm = 1 } = options;
  return new RuleOptimizer(
    {
      name: 'bertAdam',
      slots: ['m', 'v'],
      update: ({ parameter, gradient, slots: { m, v }, learningRate, weightDecay }) => {
        const clipped = clipByNorm(gradient, maxGradientNorm);
        moveAverage(m, clipped, betas[0]);
        moveAverage(v, tf.square(clipped), betas[1]);
        const direction = tf.div(m, tf.add(tf.sqrt(v), epsilon));
        descend(parameter, withPenalty(direction, parameter, weightDecay), learningRate);
      },
    },
    groups,
  );
}

/** As torch.nn.utils.clip_grad_norm_ on one tensor. */
function clipByNorm(gradient: tf.Tensor, maximum: number): tf.Tensor {
  if (maximum === Infinity) return gradient;
  const norm = tf.sqrt(tf.sum(tf.square(gradient)));
  return tf.mul(gradient, tf.minimum(tf.div(maximum, tf.add(norm, 1e-6)), 1));
}
