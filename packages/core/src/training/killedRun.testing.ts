/**
 * A run in a process of its own, to be killed: `node --import tsx killedRun.testing.ts <folder>`. It resumes what is in
 * the folder. Its parameters take some milliseconds to write, so that a kill may come in the middle of it.
 */
import { adam } from '../optim/adam.js';
import { Rng } from '../random/rng.js';
import { tf } from '../tf.js';
import { train } from './train.js';

const SIZE = 50_000;

await tf.setBackend('cpu');
const weights = tf.variable(tf.linspace(-1, 1, SIZE));
await train({
  parameters: { weights },
  optimizer: adam([{ parameters: new Map([['weights', weights]]), learningRate: 0.01 }]),
  schedule: (base, { epoch }) => base / (1 + epoch),
  rng: new Rng('killed'),
  epochs: 5,
  stepsPerEpoch: 3,
  async *batches({ rng, firstStep }) {
    const order = [...rng.permutation(3)];
    for (const batch of order.slice(firstStep)) yield await Promise.resolve(batch);
  },
  batchSize: () => 1,
  lossTerms: (batch, { rng }) => ({
    square: tf.square(weights.sub(batch + rng!.uniform())).mean<tf.Scalar>(),
  }),
  options: {
    folder: process.argv[2],
    resume: true,
    evaluation: {
      every: 1,
      selectBest: true,
      run: (epoch) => Promise.resolve([{ name: 'epoch', definition: 'but the last', value: epoch % 4 }]),
    },
  },
});
