import { createCodec, type JpegDecoder, type LibjpegCodec } from './libjpegCodec.js';
import type { RgbImage } from './rgbImage.js';

/** Made with the first JPEG image. */
let codec: Promise<LibjpegCodec> | undefined;

/**
 * Decodes by libjpeg-turbo, compiled to WebAssembly: grays and colours, the same pixels as Pillow's, byte for byte.
 *
 * @returns nothing where it refuses the image, or warns of it
 */
export async function decodeByLibjpeg(bytes: Buffer): Promise<RgbImage | undefined> {
  const decoder = new (await (codec ??= createCodec())).JPEGDecoder();
  try {
    const image = decode(decoder, bytes);
    decoder.delete();
    return image;
  } catch (error) {
    // Exceptions of C++ are numbers here. All others have broken the module: the next image gets a new one.
    if (typeof error === 'number') decoder.delete();
    else codec = undefined;
    return undefined;
  }
}

function decode(decoder: JpegDecoder, bytes: Buffer): RgbImage {
  decoder.getEncodedBuffer(bytes.length).set(bytes);
  decoder.decode();
  const { width, height, componentCount } = decoder.getFrameInfo();
  const samples = decoder.getDecodedBuffer();
  return { width, height, data: componentCount === 1 ? tripled(samples) : samples.slice() };
}

function tripled(grays: Uint8Array): Uint8Array {
  const data = new Uint8Array(grays.length * 3);
  for (let i = 0; i < grays.length; i++) data.fill(grays[i]!, 3 * i, 3 * i + 3);
  return data;
}
