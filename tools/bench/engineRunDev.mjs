/**
 * Measures one case on one engine, in a process of its own, and prints a line of JSON:
 * node engineRun.mjs CASE ENGINE THREADS SECONDS
 */
import { adam, chooseEngine, INFERENCE, tf } from '@hash/core';
import { registerOnnxBackend, onnxStatistics } from '@hash/tfjs-backend-onnx';
import { cases } from './engineCases.mjs';

const [name, engine, threads, seconds] = process.argv.slice(2);
const item = cases.find((other) => other.name === name);
if (engine === 'onnxruntime') registerOnnxBackend({ threads: Number(threads) });
await chooseEngine(engine);
const rss = () => process.resourceUsage().maxRSS * 1024;
const idle = process.memoryUsage().rss;

const network = item.create();
const images = tf.randomUniform([item.batch, item.size, item.size, 3], -1, 1, 'float32', 1);
const variables = Object.values(tf.engine().registeredVariables).filter(({ trainable }) => trainable);
const parameters = new Map(variables.map((variable) => [variable.name, variable]));
const optimizer = adam([{ parameters, learningRate: 1e-4 }]);

async function train() {
  const { value, grads } = tf.tidy(() =>
    tf.variableGrads(() => tf.mean(tf.square(network(images, { training: true }))), variables),
  );
  const loss = (await value.data())[0];
  optimizer.step(new Map(Object.entries(grads)), [1e-4]);
  tf.dispose([value, ...Object.values(grads)]);
  return loss;
}

async function infer() {
  const features = tf.tidy(() => network(images, INFERENCE));
  const first = (await features.data())[0];
  features.dispose();
  return first;
}

const step = item.training ? train : infer;
const warmUp = 4;
const times = [];
let cpu = Infinity;
let sys = 0;
const start = performance.now();
let first;
for (let i = 0; i < warmUp + 3 || performance.now() - start < 1000 * Number(seconds); i++) {
  const before = performance.now();
  const usage = process.cpuUsage();
  const result = await step();
  const used = process.cpuUsage(usage);
  if (i >= warmUp && (used.user + used.system) / 1000 < cpu) {
    cpu = (used.user + used.system) / 1000;
    sys = used.system / 1000;
  }
  const time = performance.now() - before;
  first ??= { result, milliseconds: time };
  if (i >= warmUp) times.push(time);
}
const { compileMilliseconds = 0, fallbacks = {} } = onnxStatistics() ?? {};
console.log(
  JSON.stringify({
    milliseconds: Math.min(...times),
    cpu,
    sys,
    firstMilliseconds: first.milliseconds,
    peakBytes: rss() - idle,
    compileMilliseconds,
    fallbacks,
  }),
);
