import { NpyRowReader, openHdf5, type NumericData } from '@hash/core/files';
import type { RgbImage } from '../image/rgbImage.js';
import type { ImageSource } from '../loader/imageSource.js';

/** Images that are one array of a file: rows of an `.npy` file, or of an array of HDF5, as MATLAB's version 7.3 is. */
export interface ArrayImages {
  readonly kind: 'array';
  readonly path: string;
  /** Of the array in an HDF5 file. */
  readonly variable?: string;
}

/** How the pixels of one image lie. */
export interface PixelLayout {
  readonly width: number;
  readonly height: number;
  /** Elements from one row, column or colour to the next. */
  readonly strides: readonly [row: number, column: number, color: number];
}

/**
 * How images lie in an array: [images, height, width, 3], or [images, 3, height, width], or, of MATLAB's arrays
 * [height, width, 3, images], which HDF5 has in reverse, [images, 3, width, height].
 *
 * @throws Error  where it is none of them
 */
export function layoutOf(place: string, { dtype, shape }: ArrayShape, isMatlab: boolean): PixelLayout {
  const [images = 0, a = 0, b = 0, c = 0] = shape;
  if (dtype === 'uint8' && shape.length === 4 && images > 0) {
    if (c === 3 && a > 3) return { height: a, width: b, strides: [b * 3, 3, 1] };
    if (a === 3 && isMatlab) return { height: c, width: b, strides: [1, c, b * c] };
    if (a === 3) return { height: b, width: c, strides: [c, 1, b * c] };
  }
  throw new Error(
    `${place}: expected images of uint8, [images, height, width, 3] or [images, 3, ...], but found ${dtype} [${shape.join(', ')}].`,
  );
}

interface ArrayShape {
  readonly dtype: string;
  readonly shape: readonly number[];
}

/** Reads one image at a time. */
export async function openArrayImages({ path, variable }: ArrayImages): Promise<ImageSource> {
  if (variable === undefined) {
    const reader = await NpyRowReader.open(path);
    const layout = layoutOf(path, reader.info, false);
    return {
      read: async (position) => pixels(await reader.read(Uint32Array.of(position)), layout),
      close: () => void reader.close(),
    };
  }
  const file = await openHdf5(path);
  const layout = layoutOf(`${path}: ${variable}`, file.info(variable), true);
  return {
    read: (position) => pixels(file.readRows(variable, position, position + 1).data, layout),
    close: () => void file.close(),
  };
}

function pixels(values: NumericData, { width, height, strides }: PixelLayout): RgbImage {
  const data = new Uint8Array(width * height * 3);
  const [toRow, toColumn, toColor] = strides;
  let at = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = y * toRow + x * toColumn;
      for (let color = 0; color < 3; color++) data[at++] = Number(values[from + color * toColor]);
    }
  }
  return { width, height, data };
}
