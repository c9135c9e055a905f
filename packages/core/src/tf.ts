/**
 * The one door to TensorFlow.js. The union package is imported because it registers the gradients; `tfjs-core` alone
 * registers none, and `tf.grad` then throws "gradient function not found".
 */
import * as tf from '@tensorflow/tfjs';

export { tf };
