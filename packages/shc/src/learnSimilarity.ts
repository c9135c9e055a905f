import { join } from 'node:path';
import {
  assignParameters,
  copyParameters,
  disposeParameters,
  sha256Hex,
  type Backbone,
  type Dataset,
  type FitOptions,
  type Rng,
} from '@hash/core';
import { classLogits } from './classLogits.js';
import type { ShcConfig } from './config.js';
import { ShcNetwork } from './network.js';
import { reuseMatrix } from './reuseMatrix.js';
import { semanticSimilarity } from './semanticSimilarity.js';
import type { Similarity } from './similarity.js';
import { trainClassifier } from './trainClassifier.js';
import { inferenceView } from './views.js';

export interface LearnSimilarityOptions {
  /** Lent: it is as it was when this ends. */
  readonly backbone: Backbone;
  readonly config: ShcConfig;
  readonly rng: Rng;
  readonly options?: FitOptions;
}

/**
 * Stage 1 of SHC as a whole: trains a classifier and takes the similarity of classes from what it mistakes the training
 * images for. Both are kept in a folder `classifier-<inputs>` of the run, for all bit lengths.
 *
 * @throws the signal's reason, once it has fired; the classifier's checkpoint is saved then
 */
export async function learnSimilarity(
  data: Dataset,
  { backbone, config, rng, options = {} }: LearnSimilarityOptions,
): Promise<Similarity> {
  const { signal, onEvent, resume } = options;
  const { train } = data;
  const { classes } = train.labels;
  const { preprocessing } = backbone;
  const network = new ShcNetwork(backbone, classes, rng.fork('layer'));
  const before = await copyParameters(backbone.parameters);
  try {
    const inputs = await inputsOf(data, network, { backbone, config, rng });
    const folder = folderOf(options, inputs);
    const { data: values } = await reuseMatrix({ folder, name: 'similarity', inputs }, async () => {
      const fitting = { folder, resume, signal, onEvent };
      await trainClassifier(network, train, { config, preprocessing, rng, options: fitting });
      signal?.throwIfAborted();
      const view = inferenceView(config, preprocessing);
      const logits = await classLogits(network, train, { batchSize: config.batchSize, view, signal });
      const similarity = semanticSimilarity(logits, train.labels, config.classifier.similarity);
      const matrix = Float32Array.from(similarity.data);
      return { matrix: { dtype: 'float32', shape: [classes, classes], data: matrix } };
    });
    return { classes, data: values as Float32Array };
  } finally {
    assignParameters('SHC: the backbone before stage 1', backbone.parameters, before);
    disposeParameters(network.head);
  }
}

function folderOf({ sharedFolder, folder }: FitOptions, inputs: unknown): string | undefined {
  const parent = sharedFolder ?? folder;
  return parent && join(parent, `classifier-${sha256Hex(JSON.stringify(inputs)).slice(0, 8)}`);
}

/** All that decides the similarity. What the first images give before training stands for pixels and weights. */
async function inputsOf(
  { name, split, train }: Dataset,
  network: ShcNetwork,
  { backbone, config, rng }: LearnSimilarityOptions,
) {
  const { batchSize, weightDecay, augmentation, classifier } = config;
  const { preprocessing } = backbone;
  const order = Uint32Array.from({ length: Math.min(batchSize, train.length) }, (_, i) => i);
  const view = inferenceView(config, preprocessing);
  const first = await classLogits(network, train, { batchSize, view, order });
  const { classes, words } = train.labels;
  return {
    data: { name, split: split.sha256, items: train.length, classes, labels: sha256Hex(bytesOf(words)) },
    backbone: { name: backbone.name, preprocessing },
    config: { batchSize, weightDecay, augmentation, classifier },
    seed: rng.state().key,
    firstOutputs: sha256Hex(bytesOf(first)),
  };
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint32Array | Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
