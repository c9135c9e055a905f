import type { StoredTensor } from '../io/storedTensor.js';
import type { ParameterTree } from '../nn/module.js';
import { flattenParameters } from '../nn/parameterTree.js';
import type { Optimizer } from '../optim/optimizer.js';
import type { tf } from '../tf.js';

const PARAMETERS = 'parameters/';
const OPTIMIZER = 'optimizer/';

/** What the file of a checkpoint holds, under one name each: `parameters/<path>` and `optimizer/<name>`. */
export function joinTensors(parameters: ParameterTree, optimizer: Optimizer): Map<string, tf.Tensor> {
  return new Map<string, tf.Tensor>([
    ...prefixed(PARAMETERS, flattenParameters(parameters)),
    ...prefixed(OPTIMIZER, optimizer.state()),
  ]);
}

export function splitTensors(tensors: ReadonlyMap<string, StoredTensor>) {
  return { parameters: below(PARAMETERS, tensors), optimizer: below(OPTIMIZER, tensors) };
}

function prefixed(prefix: string, tensors: ReadonlyMap<string, tf.Tensor>): [string, tf.Tensor][] {
  return [...tensors].map(([name, tensor]) => [prefix + name, tensor]);
}

function below(prefix: string, tensors: ReadonlyMap<string, StoredTensor>): Map<string, StoredTensor> {
  const found = [...tensors].filter(([name]) => name.startsWith(prefix));
  return new Map(found.map(([name, tensor]) => [name.slice(prefix.length), tensor]));
}
