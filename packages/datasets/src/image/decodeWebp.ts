import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import decode, { init } from '@jsquash/webp/decode.js';
import { dropAlpha, type RgbaImage } from './dropAlpha.js';
import type { RgbImage } from './rgbImage.js';

/** Done once, with the first WebP image. */
let ready: Promise<void> | undefined;

/** Decodes by libwebp, compiled to WebAssembly: the decoder of Pillow. */
export async function decodeWebp(bytes: Buffer): Promise<RgbImage> {
  await (ready ??= prepare());
  // The type that the package declares, `ImageData`, is of browsers.
  return dropAlpha((await decode(Uint8Array.from(bytes).buffer)) as RgbaImage);
}

/** The package looks for its module by `fetch`, which does not read files in Node. */
async function prepare(): Promise<void> {
  const url = import.meta.resolve('@jsquash/webp/codec/dec/webp_dec.wasm');
  await init({ wasmBinary: await readFile(fileURLToPath(url)) });
}
