import { restoreTensor } from '../io/restoreTensor.js';
import type { StoredTensor } from '../io/storedTensor.js';
import { matchShapes } from './matchShapes.js';
import type { ParameterTree } from './module.js';
import { flattenParameters } from './parameterTree.js';

/**
 * Writes stored values into the variables of a tree, all of them or, on an error, none.
 *
 * @param source  names the values in errors, such as their file
 * @param stored  by path, as {@link flattenParameters} names them; exactly the tree's names, shapes and dtypes. The
 *                engine may keep the arrays: do not change them afterwards.
 * @throws Error that lists every missing and unexpected name and every shape that differs
 */
export function assignParameters(
  source: string,
  tree: ParameterTree,
  stored: ReadonlyMap<string, StoredTensor>,
): void {
  const variables = flattenParameters(tree);
  matchShapes(source, variables, stored);
  for (const [name, { dtype, size, shape }] of variables) {
    const found = stored.get(name)!;
    if (found.dtype !== dtype) {
      throw new Error(`${source}: expected ${name} to have dtype ${dtype}, but got ${found.dtype}.`);
    }
    if (found.data.length !== size) {
      const wanted = `${size} numbers for shape [${shape.join(', ')}]`;
      throw new Error(`${source}: ${name}: expected ${wanted}, but got ${found.data.length}.`);
    }
  }
  for (const [name, variable] of variables) {
    const value = restoreTensor(stored.get(name)!);
    variable.assign(value);
    value.dispose();
  }
}
