/**
 * Trains a small network for many steps and watches the memory of the process. Batches change their size now and then, so
 * that graphs are compiled and dropped throughout.
 *
 *     node --conditions=@hash/source --import tsx stress/leak.mjs [steps]        (10,000 when left out)
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as tf from '@tensorflow/tfjs';
import { onnxStatistics, registerOnnxBackend } from '@hash/tfjs-backend-onnx';

const steps = Number(process.argv[2] ?? 10_000);
await tf.setBackend(registerOnnxBackend({ maxSessions: 8 }));

const weights = tf.tidy(() => [
  tf.variable(tf.randomNormal([3, 3, 3, 32], 0, 0.2, 'float32', 1)),
  tf.variable(tf.randomNormal([3, 3, 32, 1], 0, 0.3, 'float32', 3)),
  tf.variable(tf.randomNormal([8 * 8 * 32, 10], 0, 0.02, 'float32', 2)),
  tf.variable(tf.zeros([10])),
]);
const optimizer = tf.train.adam(1e-3);

function loss(count, seed) {
  const images = tf.randomUniform([count, 16, 16, 3], -1, 1, 'float32', seed);
  const [filter, depthwise, matrix, bias] = weights;
  const maps = tf.relu(tf.conv2d(images, filter, 1, 'same'));
  const features = tf.maxPool(tf.depthwiseConv2d(maps, depthwise, 1, 'same'), 2, 2, 'valid');
  const logits = tf.add(tf.matMul(tf.reshape(features, [count, -1]), matrix), bias);
  return tf.mean(tf.square(tf.sub(tf.softmax(logits), 0.1)));
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

/** Resident, without what is only not collected yet. */
function megabytes() {
  collectGarbage();
  return process.memoryUsage().rss / 2 ** 20;
}

let settled;
for (let step = 1; step <= steps; step++) {
  const count = step % 50 === 0 ? 1 + ((step / 50) % 20) : 16;
  const value = optimizer.minimize(() => loss(count, step), true, weights);
  await value.data();
  value.dispose();
  if (step === Math.ceil(steps / 5)) settled = { tensors: tf.memory().numTensors, megabytes: megabytes() };
  if (step % Math.ceil(steps / 20) === 0) {
    const { runs, compilations, sessions, pooledBytes } = onnxStatistics();
    const counts = `${runs} runs, ${compilations} compilations, ${sessions} sessions, ${pooledBytes} bytes pooled`;
    console.log(`step ${step}: ${megabytes().toFixed(0)} MiB, ${tf.memory().numTensors} tensors, ${counts}`);
  }
}

const growth = megabytes() - settled.megabytes;
const tensors = tf.memory().numTensors - settled.tensors;
console.log(`since step ${Math.ceil(steps / 5)}: ${growth.toFixed(1)} MiB, ${tensors} tensors`);
if (growth > 30 || tensors !== 0) {
  console.error('Memory grows.');
  process.exitCode = 1;
}
