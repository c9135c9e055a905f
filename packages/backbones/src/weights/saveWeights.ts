import { flattenParameters, tf, writeSafetensors, type StoredTensor } from '@hash/core';
import type { PublishedBackbone, PublishedLayout } from './checkpointFormat.js';

/**
 * Writes a backbone's parameters as safetensors, with the names and shapes of the published checkpoint.
 *
 * @param path  of the file, ending in `.safetensors`; written whole or not at all
 * @returns the file's SHA-256 in hexadecimal
 */
export async function saveWeights(
  { parameters, checkpoint }: PublishedBackbone,
  path: string,
): Promise<string> {
  const tensors = new Map<string, StoredTensor>();
  for (const [name, variable] of flattenParameters(parameters, checkpoint.separator)) {
    const layout = checkpoint.layout(name, variable);
    const data = (await publishedValues(variable, layout)) as Float32Array;
    tensors.set(name, { dtype: 'float32', shape: layout.shape, data });
  }
  return writeSafetensors(path, tensors);
}

async function publishedValues(
  variable: tf.Variable,
  { shape, axes }: PublishedLayout,
): Promise<tf.TypedArray> {
  if (axes === undefined) return variable.data<'float32'>();
  const published = tf.tidy(() => {
    const ordered = tf.reshape(
      variable,
      axes.map((axis) => shape[axis]!),
    );
    return tf.transpose(
      ordered,
      axes.map((_, axis) => axes.indexOf(axis)),
    );
  });
  const data = await published.data<'float32'>();
  published.dispose();
  return data;
}
