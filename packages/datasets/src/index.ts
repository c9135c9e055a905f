export {
  applyAugment,
  augmentedSize,
  compileAugment,
  isRandom,
  type CompiledAugment,
} from './augment/index.js';
export {
  buildableDatasets,
  buildDataset,
  type BuildOptions,
  type BuiltDataset,
} from './build/buildDataset.js';
export {
  createDataset,
  datasetOptions,
  datasetStatus,
  isDownloadable,
  type CreateDatasetOptions,
} from './catalogue/createDataset.js';
export type { DatasetInfo, PublishedCounts } from './catalogue/datasetInfo.js';
export { datasetInfo, datasetNames } from './catalogue/entries.js';
export { checkDataset, type CheckOptions, type DatasetCheck } from './inspect/checkDataset.js';
export type { DatasetStatus } from './catalogue/entry.js';
export {
  ARCHIVES,
  downloadArchive,
  downloadFile,
  unpackTarGz,
  type Archive,
  type ArchiveName,
  type DownloadArchiveOptions,
  type DownloadFileOptions,
  type DownloadProgress,
  type UnpackTarGzOptions,
} from './download/index.js';
export { prepareDataset, type PrepareDatasetOptions } from './catalogue/prepareDataset.js';
export { openImageFolder, type ImageFolder, type ImageFolderOptions } from './files/imageFolder.js';
export type { PackedImagesReport } from './packed/packImages.js';
export type { RgbImage } from './image/rgbImage.js';
export { selectSamples } from './loader/selectSamples.js';
export { SHAPE_NAMES, type ShapeName } from './shapes/outline.js';
export { COLOR_NAMES, type ColorName } from './shapes/palette.js';
export type { ShapesOptions } from './shapes/shapesOptions.js';
export { cutValidation } from './split/cutValidation.js';
export { numpyPermutation, NumpyRandom } from './split/numpyRandom.js';
export { recordSplit, splitSha256, type SplitParts } from './split/splitSha256.js';
