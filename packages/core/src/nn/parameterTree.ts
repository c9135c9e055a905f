import { tf } from '../tf.js';
import type { ParameterTree } from './module.js';

/** All variables by path, in the tree's order: `block0/attention/query/kernel`. */
export function flattenParameters(tree: ParameterTree, separator = '/'): Map<string, tf.Variable> {
  return new Map(walk(tree, '', separator));
}

/** Those that an optimiser may change. */
export function trainableParameters(tree: ParameterTree, separator = '/'): Map<string, tf.Variable> {
  return new Map([...walk(tree, '', separator)].filter(([, variable]) => variable.trainable));
}

export function disposeParameters(tree: ParameterTree): void {
  // A set: networks that tie weights have one variable at two places.
  for (const variable of new Set(flattenParameters(tree).values())) variable.dispose();
}

function* walk(tree: ParameterTree, prefix: string, separator: string): Generator<[string, tf.Variable]> {
  for (const [name, node] of Object.entries(tree)) {
    if (node instanceof tf.Variable) yield [prefix + name, node];
    else yield* walk(node, prefix + name + separator, separator);
  }
}
