import { tf } from '../tf.js';
import { matchShapes } from './matchShapes.js';
import type { ParameterTree } from './module.js';
import { flattenParameters } from './parameterTree.js';

export interface NamedArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/**
 * Writes values into the variables of a tree, all of them or, on an error, none.
 *
 * @param values  by path, as {@link flattenParameters} names them; exactly those of the tree
 * @throws Error that lists every missing and unexpected name and every shape that differs
 */
export function loadParameters(
  tree: ParameterTree,
  values: ReadonlyMap<string, NamedArray>,
  separator = '/',
): void {
  const variables = flattenParameters(tree, separator);
  matchShapes('loadParameters', variables, values);
  for (const [name, { size, shape }] of variables) {
    const found = values.get(name)!.data.length;
    if (found !== size) {
      const dimensions = shape.join(', ');
      throw new Error(
        `loadParameters: ${name}: expected ${size} numbers for shape [${dimensions}], but got ${found}.`,
      );
    }
  }
  for (const [name, variable] of variables) {
    const { data, shape } = values.get(name)!;
    // A copy, because engines may keep the array that they are given.
    tf.tidy(() => variable.assign(tf.tensor(data.slice(), [...shape])));
  }
}
