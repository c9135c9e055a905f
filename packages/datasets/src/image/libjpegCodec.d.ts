/** The package has no types: what is used of its decoder, https://github.com/cornerstonejs/codecs. */
declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs' {
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

  // eslint-disable-next-line no-restricted-exports -- it is how the package has it
  export default function createCodec(): Promise<LibjpegCodec>;
}
