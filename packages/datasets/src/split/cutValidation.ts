import type { Dataset } from '@hash/core';
import { Rng } from '@hash/core/data';
import { selectSamples } from '../loader/selectSamples.js';
import { recordSplit } from './splitSha256.js';

/**
 * Takes `count` items of train, at random, for validation. They lack in `train` then, but not in `database`, which may
 * hold them: search for them in `train`.
 *
 * @param seed  of the choice; added to the protocol's name, so that the record tells the whole split
 * @returns a data set that shares the threads of the other; dispose of either
 */
export function cutValidation(dataset: Dataset, count: number, seed: number): Dataset {
  const { train, split } = dataset;
  if (!Number.isInteger(count) || count < 1 || count >= train.length) {
    throw new RangeError(
      `cutValidation: expected count to be an integer from 1 to ${train.length - 1}, but got ${count}.`,
    );
  }
  const order = new Rng(seed).fork('validation').permutation(train.length);
  const validation = order.slice(0, count).sort();
  const rest = order.slice(count).sort();
  const positions = split.parts['train']!;
  const at = (indices: Uint32Array) => Array.from(indices, (index) => positions[index]!);
  return {
    ...dataset,
    train: selectSamples(train, rest),
    validation: selectSamples(train, validation),
    split: {
      ...split,
      ...recordSplit(`${split.protocol}, ${count} of train for validation`, split.seed, {
        ...split.parts,
        train: at(rest),
        validation: at(validation),
      }),
    },
  };
}
