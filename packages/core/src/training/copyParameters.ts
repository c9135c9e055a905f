import { storeTensors } from '../io/storeTensors.js';
import type { StoredTensor } from '../io/storedTensor.js';
import type { ParameterTree } from '../nn/module.js';
import { flattenParameters } from '../nn/parameterTree.js';

/** The values of a tree's variables by path, as they are now: copies, because an engine may go on to write into its own. */
export async function copyParameters(tree: ParameterTree): Promise<ReadonlyMap<string, StoredTensor>> {
  const stored = await storeTensors(flattenParameters(tree));
  const copies = [...stored].map(([name, tensor]) => [name, { ...tensor, data: tensor.data.slice() }]);
  return new Map(copies as [string, StoredTensor][]);
}
