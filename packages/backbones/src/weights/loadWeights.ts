import { flattenParameters, tf } from '@hash/core';
import { toFloat32 } from '@hash/core/files';
import type { WeightFile } from '../files/weightFile.js';
import type { CheckpointFormat, PublishedBackbone, PublishedLayout } from './checkpointFormat.js';

/** A parameter, and how its values are made from the file's. */
interface Assignment {
  readonly name: string;
  readonly variable: tf.Variable;
  readonly layout: PublishedLayout;
  readonly adapt?: (values: Float32Array) => Float32Array;
}

/**
 * Reads published weights into a backbone, one array at a time. Names and shapes are compared before the first is read.
 *
 * @throws Error  that lists every missing and unexpected name and every shape that differs; or where the file proves to
 * be damaged, and then the backbone is no longer to be used
 */
export async function loadWeights(backbone: PublishedBackbone, file: WeightFile): Promise<void> {
  for (const { name, variable, layout, adapt } of matchArrays(backbone, file)) {
    const stored = toFloat32(await file.read(name));
    const values = adapt ? adapt(stored) : stored;
    tf.tidy(() => {
      const published = tf.tensor(values, [...layout.shape]);
      const ordered = layout.axes ? tf.transpose(published, [...layout.axes]) : published;
      variable.assign(tf.reshape(ordered, variable.shape));
    });
  }
}

function matchArrays({ parameters, checkpoint }: PublishedBackbone, file: WeightFile): readonly Assignment[] {
  const variables = flattenParameters(parameters, checkpoint.separator);
  const missing = [...variables.keys()].filter((name) => !file.arrays.has(name));
  const unexpected = [...file.arrays.keys()].filter(
    (name) => !variables.has(name) && !checkpoint.ignored.test(name),
  );
  const problems: string[] = [];
  if (missing.length > 0) problems.push(`missing: ${missing.join(', ')}`);
  if (unexpected.length > 0) problems.push(`unexpected: ${unexpected.join(', ')}`);
  const assignments: Assignment[] = [];
  for (const [name, variable] of variables) {
    const found = file.arrays.get(name)?.shape;
    if (found === undefined) continue;
    const assignment = matchArray(name, variable, found, checkpoint);
    if (typeof assignment === 'string') problems.push(assignment);
    else assignments.push(assignment);
  }
  if (problems.length > 0) throw new Error(`loadWeights: ${file.path}: ${problems.join('; ')}.`);
  return assignments;
}

/** How to assign the array, or a sentence on why it does not fit. */
function matchArray(
  name: string,
  variable: tf.Variable,
  found: readonly number[],
  checkpoint: CheckpointFormat,
): Assignment | string {
  const layout = checkpoint.layout(name, variable);
  if (found.join() === layout.shape.join()) return { name, variable, layout };
  const adapt = checkpoint.adapt?.(name, found, layout.shape);
  if (adapt) return { name, variable, layout, adapt };
  return `${name}: expected shape [${layout.shape.join(', ')}], but got [${found.join(', ')}]`;
}
