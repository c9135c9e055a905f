import { packImages, type PackedImagesReport, type PackImagesOptions } from '../packed/packImages.js';
import { openContent, type OpenOptions } from './openContent.js';

export type PrepareDatasetOptions = Omit<OpenOptions, 'workers' | 'onProgress'> &
  Partial<Pick<PackImagesOptions, 'workers'>> &
  Pick<PackImagesOptions, 'size' | 'interpolation'> & {
    readonly onDownload?: OpenOptions['onProgress'];
    readonly onImages?: PackImagesOptions['onProgress'];
  };

/**
 * Packs the images of a data set, decoded and resized, for all who open it later: see {@link packImages}.
 *
 * @throws Error  where the images of the data set are no files
 */
export async function prepareDataset(
  name: string,
  options: PrepareDatasetOptions,
): Promise<PackedImagesReport> {
  const { size, interpolation, workers = 0, signal, onDownload, onImages } = options;
  const { images } = await openContent(name, { ...options, onProgress: onDownload }, 'prepareDataset');
  if (images.kind !== 'files')
    throw new Error(
      `prepareDataset: "${name}" has no image files that could be packed: nothing is decoded to read it.`,
    );
  return packImages(images, { size, interpolation, workers, signal, onProgress: onImages });
}
