import {
  bertAdam,
  multiHot,
  schedules,
  selectLabels,
  tf,
  train,
  type FitOptions,
  type Labels,
  type Rng,
} from '@hash/core';
import { selectedBits } from '../common/selection.js';
import type { CodeTargets } from './codeTargets.js';
import type { TwdhConfig } from './config.js';
import { shorten, transformTerms } from './transform.js';

export interface LearnTransformOptions {
  readonly config: Pick<
    TwdhConfig,
    | 'transformEpochs'
    | 'transformBatchSize'
    | 'transformLearningRate'
    | 'transformSparsity'
    | 'weightDecay'
    | 'warmup'
    | 'maxGradientNorm'
  >;
  readonly rng: Rng;
  readonly options?: Pick<FitOptions, 'signal' | 'onEvent'>;
}

/**
 * Step 2 of TwDH: learns the matrix that makes short codes of long ones, from the codes of the items' labels alone. It ends
 * once the long code of each class becomes its short one.
 *
 * @param transform  first values, then the learned ones, [2 longBits, 2 bits]
 * @param labels     of the training items
 * @throws the signal's reason, once it has fired
 */
export async function learnTransform(
  transform: tf.Variable<tf.Rank.R2>,
  labels: Labels,
  { long, short }: { readonly long: CodeTargets; readonly short: CodeTargets },
  { config, rng, options: { signal, onEvent } = {} }: LearnTransformOptions,
): Promise<void> {
  const {
    transformEpochs: epochs,
    transformBatchSize: batchSize,
    transformLearningRate: learningRate,
  } = config;
  const { weightDecay, warmup, maxGradientNorm, transformSparsity } = config;
  const items = Uint32Array.from({ length: labels.count }, (_, i) => i).filter((i) => hasClass(labels, i));
  if (items.length === 0) throw new Error('TWDH needs items with classes to train on, but none has one.');
  const parameters = { transform };
  const group = { parameters: new Map(Object.entries(parameters)), learningRate, weightDecay };
  const optimizer = bertAdam([group], { maxGradientNorm });
  const done = new AbortController();
  try {
    await train({
      parameters,
      optimizer,
      schedule: schedules.warmupCosine({ warmup }),
      rng,
      epochs,
      stepsPerEpoch: Math.ceil(items.length / batchSize),
      stage: 'transform',
      batches: ({ epoch, firstStep, rng }) =>
        cut(rng.fork('order', epoch).permutation(items.length), firstStep * batchSize, batchSize),
      batchSize: (batch) => batch.length,
      lossTerms: (batch) => {
        const rows = selectLabels(
          labels,
          batch.map((i) => items[i]!),
        );
        const hot = tf.tensor2d(multiHot(rows), [rows.count, rows.classes]);
        return transformTerms(transform, long.pairs(hot), short.pairs(hot), transformSparsity);
      },
      options: {
        signal: signal === undefined ? done.signal : AbortSignal.any([signal, done.signal]),
        onEvent: (event) => event.type === 'evaluation' || onEvent?.(event),
        evaluation: {
          every: 1,
          run: async () => {
            const value = await reproducedBits(transform, long, short);
            if (value === 1) done.abort();
            return [{ name: 'bits of short centres', definition: 'share', value }];
          },
        },
      },
    });
  } finally {
    optimizer.dispose();
  }
  signal?.throwIfAborted();
}

/** The share of the bits of the classes' short codes that the transform makes of their long ones. */
export async function reproducedBits(
  transform: tf.Tensor2D,
  long: CodeTargets,
  short: CodeTargets,
): Promise<number> {
  const share = tf.tidy(() => {
    const classes = tf.eye(long.centers.classes);
    const made = selectedBits(shorten(long.pairs(classes), transform));
    return tf.mean(tf.cast(tf.equal(made, short.codes(classes)), 'float32'));
  });
  try {
    return (await share.data())[0]!;
  } finally {
    share.dispose();
  }
}

// eslint-disable-next-line @typescript-eslint/require-await -- what `train` asks for
async function* cut(order: Uint32Array, from: number, size: number): AsyncGenerator<Uint32Array> {
  for (let start = from; start < order.length; start += size) yield order.subarray(start, start + size);
}

function hasClass({ words, count }: Labels, item: number): boolean {
  const width = words.length / count;
  return words.subarray(item * width, (item + 1) * width).some((word) => word !== 0);
}
