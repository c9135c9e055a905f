import jpegCodec from '@jimp/js-jpeg';
import type { AugmentSpec, Modality, Samples } from '@hash/core';

/** How an item is shown: what it is made of, as far as a page can show that. */
export interface ShownItem {
  /** A data URI. */
  readonly picture?: string;
  readonly caption?: string;
}

/** Pixels of a picture's side. */
export const PICTURE_SIZE = 88;

const THUMBNAIL: AugmentSpec = [
  { op: 'resize', size: PICTURE_SIZE, interpolation: 'bicubic' },
  { op: 'centerCrop', size: PICTURE_SIZE },
];
const QUALITY = 84;
const BATCH = 32;

const jpeg = jpegCodec();

/**
 * Pictures or captions of the items at the given positions. Items that are vectors are shown as nothing.
 */
export async function showItems(
  samples: Samples,
  positions: Iterable<number>,
  modality: Modality,
): Promise<Map<number, ShownItem>> {
  const shown = new Map<number, ShownItem>();
  if (samples.vectorWidths?.[modality] !== undefined) return shown;
  const order = Uint32Array.from(new Set(positions)).sort();
  const views = modality === 'image' ? [THUMBNAIL] : [];
  for await (const { indices, views: images, texts } of samples.batches({ order, batchSize: BATCH, views }))
    indices.forEach((position, i) => {
      const item = modality === 'image' ? { picture: pictureOf(images[0]!.data, i) } : { caption: texts![i] };
      shown.set(position, item);
    });
  return shown;
}

/** @param pixels  from 0 to 1, [n, size, size, 3] */
function pictureOf(pixels: Float32Array, i: number): string {
  const count = PICTURE_SIZE * PICTURE_SIZE;
  const data = Buffer.alloc(4 * count, 255);
  for (let pixel = 0; pixel < count; pixel++)
    for (let channel = 0; channel < 3; channel++)
      data[4 * pixel + channel] = Math.round(255 * pixels[3 * (i * count + pixel) + channel]!);
  const bytes = jpeg.encode({ width: PICTURE_SIZE, height: PICTURE_SIZE, data }, { quality: QUALITY });
  return `data:image/jpeg;base64,${bytes.toString('base64')}`;
}
