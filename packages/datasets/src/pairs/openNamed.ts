import type { MatFile } from '@hash/core/files';
import { openMat } from '@hash/core/files';

/**
 * Opens a MATLAB file for one of its variables, which has one of several names.
 *
 * @throws Error  that lists the variables that there are, where none has such a name
 */
export async function withVariable<Result>(
  path: string,
  names: readonly string[],
  use: (mat: MatFile, name: string) => Promise<Result>,
): Promise<Result> {
  const mat = await openMat(path);
  try {
    const name = names.find((known) => mat.variables.has(known));
    if (name !== undefined) return await use(mat, name);
    const found = [...mat.variables.keys()].join(', ') || 'none';
    throw new Error(`${path}: expected a variable ${names.join(', ')}, but found ${found}.`);
  } finally {
    await mat.close();
  }
}
