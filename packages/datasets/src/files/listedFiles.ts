import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { decodeImage } from '../image/decodeImage.js';
import type { ImageFileOptions } from '../image/imageFileOptions.js';
import type { RgbImage } from '../image/rgbImage.js';
import type { ImageSource } from '../loader/imageSource.js';
import type { Pack } from '../packed/pack.js';
import { openPackSources } from '../packed/packSource.js';

/** Image files, decoded each time, or taken from where they are packed. */
export interface ListedFiles {
  readonly kind: 'files';
  readonly folder: string;
  /** From the folder, or absolute. */
  readonly paths: readonly string[];
  readonly reading: ImageFileOptions;
  /** Found when a data set is opened. */
  readonly packs?: readonly Pack[];
}

export function openListedFiles(origin: ListedFiles): ImageSource {
  const files: ImageSource = { read: (position) => readListedFile(origin, position) };
  return openPackSources(origin.packs ?? [], files);
}

/** @throws Error  that names the file where it is missing or damaged */
export async function readListedFile(
  { folder, paths, reading }: Pick<ListedFiles, 'folder' | 'paths' | 'reading'>,
  position: number,
): Promise<RgbImage> {
  const path = resolve(folder, paths[position]!);
  return decodeImage(readFileSync(path), path, reading);
}
