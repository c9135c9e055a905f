import { storeTensors } from '../io/storeTensors.js';
import type { StoredTensor } from '../io/storedTensor.js';
import { disposeParameters, trainableParameters } from '../nn/parameterTree.js';
import { adam } from '../optim/adam.js';
import { Rng } from '../random/rng.js';
import { tf } from '../tf.js';
import { joinTensors } from './checkpointTensors.js';
import type { TrainOptions } from './trainOptions.js';

/** Positions of the items of a batch. */
export type TinyBatch = readonly number[];

const ITEMS = 8;
const BATCH = 2;

/**
 * A linear regression of three epochs of four steps that has all that training can have: an optimiser with state, a
 * schedule, random batches, dropout, parameters that are not trained, and state of its own that the loss depends on.
 *
 * @param start  first value of all weights
 */
export function tinyTask(
  changes: Partial<TrainOptions<TinyBatch>> = {},
  start = 0.5,
): TrainOptions<TinyBatch> {
  const parameters = tf.tidy(() => ({
    layer: { kernel: tf.variable(tf.fill([3, 2], start)), bias: tf.variable(tf.fill([2], start)) },
    runningMean: tf.variable(tf.fill([3], start), false),
  }));
  const { layer, runningMean } = parameters;
  let seen = 0;
  return {
    parameters,
    optimizer: adam([{ parameters: trainableParameters(parameters), learningRate: 0.1 }]),
    schedule: (base, { epoch, step }) => base / (1 + epoch + step),
    rng: new Rng(7),
    epochs: 3,
    stepsPerEpoch: ITEMS / BATCH,
    async *batches({ rng, firstStep }) {
      const order = [...rng.permutation(ITEMS)];
      for (let at = firstStep * BATCH; at < ITEMS; at += BATCH) {
        yield await Promise.resolve(order.slice(at, at + BATCH));
      }
    },
    batchSize: (batch) => batch.length,
    lossTerms: (batch, { rng }) => {
      seen += batch.length;
      const inputs = tf.tensor2d(batch.map((i) => [i, i % 3, rng!.uniform()]));
      const targets = tf.tensor2d(batch.map((i) => [i / 3, seen / 100]));
      runningMean.assign(runningMean.mul(0.9).add(inputs.mean(0).mul(0.1)));
      const outputs = inputs.sub(runningMean).matMul(layer.kernel).add(layer.bias);
      return {
        fit: tf.losses.meanSquaredError(targets, outputs),
        decay: layer.kernel.square().sum().mul(0.01),
      };
    },
    extraState: {
      save: () => ({ seen }),
      load: (state) => ({ seen } = state as { seen: number }),
    },
    ...changes,
  };
}

/** All that the task holds after training, to the bit. */
export function readTask({
  parameters,
  optimizer,
}: TrainOptions<TinyBatch>): Promise<Map<string, StoredTensor>> {
  return storeTensors(joinTensors(parameters, optimizer));
}

export function disposeTask({ parameters, optimizer }: TrainOptions<TinyBatch>): void {
  optimizer.dispose();
  disposeParameters(parameters);
}
