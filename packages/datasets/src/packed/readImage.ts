import { DeferredImage } from '../augment/deferredImage.js';
import { resizedSize } from '../augment/resize.js';
import { readListedFile, type ListedFiles } from '../files/listedFiles.js';
import type { PackKind } from './pack.js';

/** Which image to read, and what is wanted of it; without a kind, no more than whether it can be read. */
export interface ReadJob {
  readonly position: number;
  readonly kind?: PackKind;
}

/** The pixels of an image, [height, width, 3], or why it cannot be read. */
export type ReadResult =
  | { readonly width: number; readonly height: number; readonly data?: Uint8Array<ArrayBuffer> }
  | { readonly bad: string };

const working = new DeferredImage();

/** Reads an image as a pack of its kind has it. What is wrong with the file is no error, but the result. */
export async function readImage(files: ListedFiles, { position, kind }: ReadJob): Promise<ReadResult> {
  try {
    const image = await readListedFile(files, position);
    if (kind === undefined) return { width: image.width, height: image.height };
    working.load(image);
    if (kind.size !== null) working.scale(resizedSize(working, kind.size), kind.interpolation);
    const { width, height } = working;
    return { width, height, data: working.pixels().toBytes() };
  } catch (error) {
    return { bad: (error as Error).message };
  }
}
