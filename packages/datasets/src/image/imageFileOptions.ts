import { z } from 'zod';

/** How image files are read: options of every data set that is made of them. */
export const imageFileOptions = {
  orientation: z
    .enum(['upright', 'stored'])
    .default('upright')
    .describe(
      "upright: turned as EXIF data says (ours); stored: as they lie in their files, as the field's scripts have them",
    ),
  badImages: z
    .enum(['fail', 'skip'])
    .default('fail')
    .describe(
      'an image that cannot be read ends the run, or is left out of all parts and listed in the split',
    ),
};

export interface ImageFileOptions {
  readonly orientation: 'upright' | 'stored';
  readonly badImages: 'fail' | 'skip';
}
