import type { CheckpointFormat } from '../weights/checkpointFormat.js';
import { interpolatePositions } from './interpolatePositions.js';

const POSITIONS = 'Transformer/posembed_input/pos_embedding';

export interface VitShape {
  readonly patch: number;
  readonly heads: number;
  readonly width: number;
}

/**
 * Google's npz files. They keep the heads of attention on an axis of their own and the patch embedding as a convolution
 * kernel, in the order in which the variables have the same numbers.
 */
export function vitCheckpoint({ patch, heads, width }: VitShape): CheckpointFormat {
  const perHead = width / heads;
  const shapes: readonly (readonly [RegExp, readonly number[]])[] = [
    [/^embedding\/kernel$/, [patch, patch, 3, width]],
    [/\/(query|key|value)\/kernel$/, [width, heads, perHead]],
    [/\/(query|key|value)\/bias$/, [heads, perHead]],
    [/\/out\/kernel$/, [heads, perHead, width]],
  ];
  return {
    separator: '/',
    ignored: /^(head|pre_logits)\//,
    layout: (name, variable) => ({
      shape: shapes.find(([pattern]) => pattern.test(name))?.[1] ?? variable.shape,
    }),
    adapt: (name, [one, length = 0, features], published) => {
      const grid = Math.sqrt(length - 1);
      if (name !== POSITIONS || one !== 1 || features !== width || !Number.isInteger(grid)) return undefined;
      return (values) => interpolatePositions(values, width, Math.sqrt(published[1]! - 1));
    },
  };
}
