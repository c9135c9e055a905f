/**
 * Compares a network of the catalogue with what `full_size_parity.py`, which calls this, computed with the same weights.
 *
 *     node --import tsx --conditions=@hash/source tools/oracles/full_size_parity.mjs <engine> <network> <options> <weights> <expected.npz>
 *
 * Prints the largest errors of the features and of the gradients as JSON.
 */
import { createBackbone } from '@hash/backbones';
import { chooseEngine, flattenParameters, INFERENCE, Rng, tf } from '@hash/core';
import { openNpz, toFloat32 } from '@hash/core/files';

const [engine, network, options, weights, expected] = process.argv.slice(2);
await chooseEngine(engine);
const file = await openNpz(expected);

/** Those whose names start alike, by what follows. */
async function arrays(start) {
  const names = [...file.arrays.keys()].filter((name) => name.startsWith(start));
  const read = async (name) => [name.slice(start.length), await file.read(name)];
  return new Map(await Promise.all(names.map(read)));
}

const tensor = (array) => tf.tensor(toFloat32(array), [...array.shape]);

/** As a share of the largest value. */
function largestError(actual, array) {
  if (actual.size !== array.data.length)
    throw new Error(`expected ${array.data.length} values, but got [${actual.shape}].`);
  const values = actual.dataSync();
  let error = 0;
  let largest = 0;
  toFloat32(array).forEach((value, i) => {
    error = Math.max(error, Math.abs(values[i] - value));
    largest = Math.max(largest, Math.abs(value));
  });
  if (!(error < Infinity && largest > 0))
    throw new Error(`expected finite values, not all 0, in [${actual.shape}].`);
  return error / largest;
}

const backbone = await createBackbone(network, { options: JSON.parse(options), weights, rng: new Rng(1) });
const { separator, layout } = backbone.checkpoint;
const parameters = flattenParameters(backbone.parameters, separator);
const [inputs, outputs, factors, gradients] = await Promise.all(
  ['input/', 'output/', 'weight/', 'gradient/'].map(arrays),
);

function features() {
  const { pooled, tokens } = backbone.features(tensor(inputs.get('images')), INFERENCE);
  const ids = inputs.get('ids');
  if (ids === undefined) return { pooled, tokens };
  const lengths = Uint32Array.from(inputs.get('lengths').data, Number);
  const text = backbone.text.features({ ids: Int32Array.from(ids.data, Number), shape: ids.shape, lengths });
  return { pooled, tokens, text: text.pooled, textTokens: text.tokens };
}

const errors = { features: 0, gradients: 0 };
const trained = [...gradients.keys()].map((name) => parameters.get(name));
const { grads } = tf.variableGrads(() => {
  const computed = features();
  const terms = [...outputs].map(([name, array]) => {
    errors.features = Math.max(errors.features, largestError(computed[name], array));
    return tf.sum(tf.mul(computed[name], tensor(factors.get(name))));
  });
  return tf.addN(terms);
}, trained);
for (const [name, array] of gradients) {
  const variable = parameters.get(name);
  const { axes } = layout(name, variable);
  const gradient = grads[variable.name];
  // The published axis a is ours at axes.indexOf(a).
  const published = axes ? tf.transpose(gradient, axes.map((_, a) => axes.indexOf(a))) : gradient; // prettier-ignore
  errors.gradients = Math.max(errors.gradients, largestError(published, array));
}
await file.close();
console.log(JSON.stringify(errors));
