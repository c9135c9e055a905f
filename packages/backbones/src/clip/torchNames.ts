import type { LayerNorm, Linear, ParameterTree } from '@hash/core';

/** The parameters of a layer by the names that PyTorch gives them. */
export function torchNames(layer: Linear | LayerNorm): ParameterTree {
  const weight = 'kernel' in layer ? layer.kernel : layer.scale;
  return layer.bias ? { weight, bias: layer.bias } : { weight };
}
