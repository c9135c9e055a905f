import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * The absolute path of a file of weights, or of the vocabulary that belongs to them: as named from here where it exists,
 * else in `weights/` of the data folder, which is where a file that does not exist yet is expected.
 */
export function locateWeights(weights: string | null, cwd: string, data: string): string | null {
  if (weights === null) return null;
  const here = resolve(cwd, weights);
  return existsSync(here) ? here : resolve(join(data, 'weights'), weights);
}
