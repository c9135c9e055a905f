import { stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * @param files  names with their bytes; null where any but 0 will do
 * @returns a phrase for each file that is missing or has another size
 */
export async function folderProblems(
  folder: string,
  files: Readonly<Record<string, number | null>>,
): Promise<string[]> {
  const problems = await Promise.all(
    Object.entries(files).map(async ([name, bytes]) => {
      const found = await stat(join(folder, name)).catch(() => undefined);
      if (!found?.isFile()) return [`${name} is missing`];
      if (bytes === null) return found.size > 0 ? [] : [`${name} is empty`];
      return found.size === bytes ? [] : [`${name} has ${found.size} bytes instead of ${bytes}`];
    }),
  );
  return problems.flat();
}
