import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeImage } from '../image/decodeImage.js';
import type { ImageSource } from '../loader/imageSource.js';

/** Image files, decoded each time. */
export interface ListedFiles {
  readonly kind: 'files';
  readonly folder: string;
  /** From the folder. */
  readonly paths: readonly string[];
}

export function openListedFiles({ folder, paths }: ListedFiles): ImageSource {
  return {
    read(position) {
      const path = join(folder, paths[position]!);
      return decodeImage(readFileSync(path), path);
    },
  };
}
