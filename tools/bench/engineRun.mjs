/**
 * Measures one case of the engine benchmark on one engine, in a process of its own, and prints a line of JSON:
 * node engineRun.mjs CASE ENGINE THREADS SECONDS [PROFILE_PREFIX]
 */
import { adam, chooseEngine, INFERENCE, tf } from '@hash/core';
import { onnxStatistics, registerOnnxBackend } from '@hash/tfjs-backend-onnx';
import { cases } from './engineCases.mjs';

const [name, engine, threads, limit, profilePrefix = ''] = process.argv.slice(2);
const { model, create, batch, size, training } = cases.find((other) => other.name === name);
registerOnnxBackend({ threads: Number(threads), profilePrefix });
await chooseEngine(engine);
const idle = process.memoryUsage().rss;

async function read(tensor) {
  await tensor.data();
  tensor.dispose();
}

function product() {
  const a = tf.randomUniform([size, size], -1, 1, 'float32', 1);
  const b = tf.randomUniform([size, size], -1, 1, 'float32', 2);
  return () => read(tf.tidy(() => tf.matMul(a, b)));
}

function network() {
  const apply = create();
  const images = tf.randomUniform([batch, size, size, 3], -1, 1, 'float32', 1);
  if (!training) return () => read(tf.tidy(() => apply(images, INFERENCE)));
  const variables = Object.values(tf.engine().registeredVariables).filter(({ trainable }) => trainable);
  const parameters = new Map(variables.map((variable) => [variable.name, variable]));
  const optimizer = adam([{ parameters, learningRate: 1e-4 }]);
  return async () => {
    const { value, grads } = tf.tidy(() =>
      tf.variableGrads(() => tf.mean(tf.square(apply(images, { training: true }))), variables),
    );
    await read(value);
    optimizer.step(new Map(Object.entries(grads)), [1e-4]);
    tf.dispose(grads);
  };
}

const step = model === 'matmul' ? product() : network();
// The sixth run is on the graph that was compiled for speed. Other engines compile nothing.
const warmUp = engine === 'onnxruntime' ? 6 : 1;
const times = [];
const start = performance.now();
while (
  times.length < warmUp + (engine === 'onnxruntime' ? 3 : 1) ||
  performance.now() - start < 1000 * limit
) {
  const before = performance.now();
  await step();
  times.push(performance.now() - before);
}
const { compileMilliseconds, fallbacks } = onnxStatistics() ?? {};
// A profile is written when its session ends.
if (profilePrefix !== '') tf.removeBackend('onnxruntime');
console.log(
  JSON.stringify({
    milliseconds: Math.min(...times.slice(warmUp)),
    peakBytes: process.resourceUsage().maxRSS * 1024 - idle,
    compileMilliseconds,
    fallbacks,
  }),
);
