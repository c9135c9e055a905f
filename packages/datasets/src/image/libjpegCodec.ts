// @ts-expect-error: the package has no types
import create from '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs';

/** What is used of the package's decoder, https://github.com/cornerstonejs/codecs. */
export interface LibjpegCodec {
  readonly JPEGDecoder: new () => JpegDecoder;
}

export interface JpegDecoder {
  /** Where the file's bytes go. */
  getEncodedBuffer(length: number): Uint8Array;
  /** @throws number  the address of a C++ exception, where libjpeg fails or warns */
  decode(): void;
  getFrameInfo(): { readonly width: number; readonly height: number; readonly componentCount: 1 | 3 };
  /** Samples [height, width, componentCount], until the decoder is deleted. */
  getDecodedBuffer(): Uint8Array;
  /** Frees its memory. */
  delete(): void;
}

export const createCodec = create as () => Promise<LibjpegCodec>;
