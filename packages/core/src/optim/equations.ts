import { tf } from '../tf.js';

/** `average ← decay · average + (1 − decay) · value` */
export function moveAverage(average: tf.Variable, value: tf.Tensor, decay: number): void {
  average.assign(tf.add(average, tf.mul(tf.sub(value, average), 1 - decay)));
}

/** The gradient of the loss with `½ weightDecay ‖p‖²` added to it. */
export function withPenalty(gradient: tf.Tensor, parameter: tf.Variable, weightDecay: number): tf.Tensor {
  return weightDecay === 0 ? gradient : tf.add(gradient, tf.mul(parameter, weightDecay));
}

/** `parameter ← parameter − learningRate · direction` */
export function descend(parameter: tf.Variable, direction: tf.Tensor, learningRate: number): void {
  parameter.assign(tf.sub(parameter, tf.mul(direction, learningRate)));
}
