import { restoreTensor } from '../io/restoreTensor.js';
import type { StoredTensor } from '../io/storedTensor.js';
import { matchShapes } from '../nn/matchShapes.js';
import type { ParameterTree } from '../nn/module.js';
import { flattenParameters } from '../nn/parameterTree.js';

/**
 * Writes stored values into the variables of a tree, all of them or, on an error, none.
 *
 * @param source  names the values in errors, such as their file
 * @param stored  by path in the tree; exactly its names, shapes and dtypes
 */
export function assignParameters(
  source: string,
  tree: ParameterTree,
  stored: ReadonlyMap<string, StoredTensor>,
): void {
  const variables = flattenParameters(tree);
  matchShapes(source, variables, stored);
  for (const [name, { dtype }] of variables) {
    const found = stored.get(name)!.dtype;
    if (found !== dtype) {
      throw new Error(`${source}: expected ${name} to have dtype ${dtype}, but got ${found}.`);
    }
  }
  for (const [name, variable] of variables) {
    const value = restoreTensor(stored.get(name)!);
    variable.assign(value);
    value.dispose();
  }
}
