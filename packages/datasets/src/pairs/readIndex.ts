import { NpyRowReader, type MatFile } from '@hash/core/files';
import { layoutOf, type ArrayImages } from './arrayImages.js';
import { withVariable } from './openNamed.js';

/** Names that the field's files give to images, or to their paths. */
const NAMES = ['index', 'imgs', 'FAll', 'IAll', 'images'];

/** Where the images of the items are: files, or an array. */
export type ImageIndex =
  | { readonly kind: 'paths'; readonly paths: readonly string[] }
  | { readonly kind: 'array'; readonly images: ArrayImages; readonly count: number };

/**
 * Reads which images there are: their paths from a variable of text or cells of a MATLAB file, or how many there are in
 * an array, of an `.npy` file or of MATLAB's version 7.3, in which they are.
 */
export async function readIndex(path: string): Promise<ImageIndex> {
  if (!path.toLowerCase().endsWith('.npy')) return withVariable(path, NAMES, readMatIndex);
  const reader = await NpyRowReader.open(path);
  try {
    layoutOf(path, reader.info, false);
    return { kind: 'array', images: { kind: 'array', path }, count: reader.info.shape[0]! };
  } finally {
    await reader.close();
  }
}

async function readMatIndex(mat: MatFile, name: string): Promise<ImageIndex> {
  const { path } = mat;
  const { class: of, shape } = mat.variables.get(name)!;
  if (of === 'char') return { kind: 'paths', paths: (await mat.readTrimmed(name)).strings };
  if (of !== 'cell') {
    layoutOf(`${path}: ${name}`, { dtype: of, shape: shape.toReversed() }, true);
    if (mat.version !== '7.3')
      throw new Error(
        `${path}: ${name}: expected images in a file of version 7.3 or .npy, but it is an older one.`,
      );
    return { kind: 'array', images: { kind: 'array', path, variable: name }, count: shape.at(-1)! };
  }
  const value = await mat.readVariable(name);
  const paths = (value.class === 'cell' ? value.cells : []).map((cell, i) => {
    if (cell.class === 'char' && cell.strings.length === 1) return cell.strings[0]!.trimEnd();
    throw new Error(`${path}: ${name}: expected one path in cell ${i}, from 0, but found ${cell.class}.`);
  });
  return { kind: 'paths', paths };
}
