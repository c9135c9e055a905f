import type { Module } from '../nn/module.js';
import { flattenParameters } from '../nn/parameterTree.js';

/** A network's parameters by name, as numbers that can be compared. */
export function parameterValues({ parameters }: Module): Record<string, readonly number[]> {
  const entries = [...flattenParameters(parameters)].map(([name, variable]) => [
    name,
    [...variable.dataSync()],
  ]);
  return Object.fromEntries(entries) as Record<string, readonly number[]>;
}
