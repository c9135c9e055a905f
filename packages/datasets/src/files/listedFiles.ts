import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { decodeImage } from '../image/decodeImage.js';
import type { ImageSource } from '../loader/imageSource.js';

/** Image files, decoded each time. */
export interface ListedFiles {
  readonly kind: 'files';
  readonly folder: string;
  /** From the folder, or absolute. */
  readonly paths: readonly string[];
}

export function openListedFiles({ folder, paths }: ListedFiles): ImageSource {
  return {
    read(position) {
      const path = resolve(folder, paths[position]!);
      return decodeImage(readFileSync(path), path);
    },
  };
}
