import { openMat } from '../files/mat/openMat.js';
import type { MatFile } from '../files/mat/matFile.js';
import { isRefusal } from './readsOrRefuses.js';

/**
 * Opens a MAT file and reads all its variables, those that are no arrays too, for a test of the reader.
 *
 * @throws the refusal of its last variable where none could be read, and whatever is no refusal
 */
export async function openWholeMat(path: string): Promise<MatFile> {
  const file = await openMat(path);
  let refusal: Error | undefined;
  let read = 0;
  try {
    for (const name of file.variables.keys()) {
      try {
        await file.readVariable(name);
        read++;
      } catch (error) {
        if (!isRefusal(error, path)) throw error;
        refusal = error;
      }
    }
    if (refusal !== undefined && read === 0) throw refusal;
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}
