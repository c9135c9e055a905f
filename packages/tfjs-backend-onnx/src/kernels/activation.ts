import type { GraphBuilder } from '../onnx/graphBuilder.js';
import type { Value } from '../onnx/value.js';

const ACTIVATIONS = ['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'prelu', 'leakyrelu'] as const;

export type Activation = (typeof ACTIVATIONS)[number];

export function isActivation(name: string): name is Activation {
  return (ACTIVATIONS as readonly string[]).includes(name);
}

interface ActivationOptions {
  readonly activation: Activation;
  /** Slope of leakyrelu. */
  readonly alpha?: number | undefined;
  /** Slopes of prelu. */
  readonly slope?: Value | undefined;
}

/** The activation that a fused kernel ends with. */
export function applyActivation(graph: GraphBuilder, x: Value, options: ActivationOptions): Value {
  const zero = graph.scalar(0, 'float32');
  switch (options.activation) {
    case 'linear':
      return x;
    case 'relu':
      return graph.map('Relu', [x]);
    case 'relu6':
      return graph.map('Clip', [x, zero, graph.scalar(6, 'float32')]);
    case 'elu':
      return graph.map('Elu', [x]);
    case 'sigmoid':
      return graph.map('Sigmoid', [x]);
    case 'leakyrelu':
      return graph.map('LeakyRelu', [x], { attributes: { alpha: { float: options.alpha ?? 0.2 } } });
    case 'prelu': {
      const negative = graph.map('Less', [x, zero], { dtype: 'bool' });
      return graph.where(negative, graph.map('Mul', [x, options.slope as Value]), x);
    }
  }
}
