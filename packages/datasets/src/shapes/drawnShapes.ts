import { Rng } from '@hash/core/random';
import type { RgbImage } from '../image/rgbImage.js';
import type { ImageSource } from '../loader/imageSource.js';
import { paintScene } from './paintScene.js';
import { drawMultiScene, drawSingleScene, type Scene } from './scene.js';
import type { ShapesOptions } from './shapesOptions.js';

/** Pictures of shapes, each drawn when it is first asked for. */
export interface DrawnShapes {
  readonly kind: 'shapes';
  readonly multi: boolean;
  readonly seed: number;
  readonly options: ShapesOptions;
  /** What has been drawn: for each picture a byte that is 1 when it is there, then the pixels. Null draws anew. */
  readonly drawn: SharedArrayBuffer | null;
}

/** Larger sets are drawn anew each time. */
const MOST_BYTES = 2 ** 28;

export function drawnShapes(multi: boolean, seed: number, options: ShapesOptions): DrawnShapes {
  const count = shapesCount(options);
  const bytes = count * (1 + options.size ** 2 * 3);
  const drawn = bytes <= MOST_BYTES ? new SharedArrayBuffer(bytes) : null;
  return { kind: 'shapes', multi, seed, options, drawn };
}

export function shapesCount({ train, query, database }: ShapesOptions): number {
  return train + query + database;
}

/** The class of a picture with one shape. */
export function shapesLabel(position: number, { classes }: ShapesOptions): number {
  return position % classes;
}

/** What is in the picture at `position`; depends on that, the seed and the options alone. */
export function sceneAt({ multi, seed, options }: DrawnShapes, position: number): Scene {
  const rng = pictureRng(seed, multi, position).fork('scene');
  return multi ? drawMultiScene(options, rng) : drawSingleScene(shapesLabel(position, options), options, rng);
}

export function openDrawnShapes(origin: DrawnShapes): ImageSource<RgbImage> {
  const { multi, seed, options, drawn } = origin;
  const length = options.size ** 2 * 3;
  const count = shapesCount(options);
  const done = drawn && new Uint8Array(drawn, 0, count);
  const pixels = drawn ? new Uint8Array(drawn, count) : new Uint8Array(length);
  return {
    read(position) {
      const start = drawn ? position * length : 0;
      const data = pixels.subarray(start, start + length);
      const image = { width: options.size, height: options.size, data };
      if (done && Atomics.load(done, position) === 1) return image;
      // Two threads may draw the same picture at the same time: they write the same bytes.
      const rng = pictureRng(seed, multi, position).fork('paint');
      paintScene(sceneAt(origin, position), options.noise, rng, image);
      if (done) Atomics.store(done, position, 1);
      return image;
    },
  };
}

function pictureRng(seed: number, multi: boolean, position: number): Rng {
  return new Rng(seed).fork(multi ? 'shapes-multi' : 'shapes', position);
}
