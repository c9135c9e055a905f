import type { AugmentOp } from '@hash/core';
import type { ListedFiles } from '../files/listedFiles.js';
import type { RgbImage } from '../image/rgbImage.js';
import type { ArrayImages } from '../pairs/arrayImages.js';
import { openDrawnShapes, type DrawnShapes } from '../shapes/drawnShapes.js';
import { openPackedImages, type PackedImages } from './packedImages.js';

/** The images of a data set by their position, at once or after some waiting. */
export interface ImageSource<Read extends RgbImage | Promise<RgbImage> = RgbImage | Promise<RgbImage>> {
  /** The image may be changed by the next `read`. */
  read(position: number): Read;
  /** A source whose images look the same after an op that a view begins with, but come faster; by default this one. */
  beginningWith?(op: AugmentOp | undefined): ImageSource;
  /** Closes files that it holds open. */
  close?(): void;
}

/** Where images come from, as data that can be posted to a worker thread. */
export type ImageOrigin = PackedImages | DrawnShapes | ListedFiles | ArrayImages;

/** Loads no more code than it needs: threads start with it. */
export async function openImages(origin: ImageOrigin): Promise<ImageSource> {
  switch (origin.kind) {
    case 'packed':
      return openPackedImages(origin);
    case 'shapes':
      return openDrawnShapes(origin);
    case 'files':
      return (await import('../files/listedFiles.js')).openListedFiles(origin);
    case 'array':
      return (await import('../pairs/arrayImages.js')).openArrayImages(origin);
  }
}
