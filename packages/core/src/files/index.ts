export type { ArrayFile } from './arrayFile.js';
export { ByteStream } from './byteStream.js';
export { Hdf5File, openHdf5, type Hdf5Info, type Hdf5Value } from './hdf5/openHdf5.js';
export { writeHdf5 } from './hdf5/writeHdf5.js';
export type { MatCells, MatFile, MatInfo, MatNumbers, MatStructs, MatText, MatValue } from './mat/matFile.js';
export { openMat } from './mat/openMat.js';
export { writeMat } from './mat/writeMat.js';
export { readNpy } from './npy.js';
export { NpyRowReader } from './npyRowReader.js';
export { NpyRowWriter } from './npyRowWriter.js';
export { openNpz } from './npz.js';
export {
  bytesPerElement,
  countElements,
  toFloat32,
  viewElements,
  type ArrayInfo,
  type ElementType,
  type NumericArray,
  type NumericData,
} from './numericArray.js';
export { columnMajorStrides, rowMajorStrides, toRowMajor } from './rowMajor.js';
export { ARRAY_EXTENSIONS, openArrays } from './openArrays.js';
export { openSafetensors } from './safetensors.js';
export { writeNpy } from './writeNpy.js';
export { ZipArchive, type ZipMember } from './zipArchive.js';
