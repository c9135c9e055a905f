import jpegCodec from '@jimp/js-jpeg';
import { isAdobe, isFrame, jpegSegments } from './jpegSegments.js';
import type { RgbImage } from './rgbImage.js';

const jpeg = jpegCodec();

/** jpeg-js keeps all coefficients; its own limit of 512 MB is that of a photograph of 20 megapixels. */
const MOST_MEGABYTES = 4096;

/** Decodes in JavaScript, slowly, and throws where anything is missing. */
export function decodeByJpegJs(bytes: Buffer): RgbImage {
  const segments = [...jpegSegments(bytes)];
  const channels = segments.find(isFrame)?.content[5];
  const adobe = segments.find(isAdobe);
  const transform = adobe?.content[11];
  const { width, height, data } = jpeg.decode(
    channels === 4 && adobe === undefined ? withAdobeMarker(bytes) : bytes,
    {
      formatAsRGBA: false,
      tolerantDecoding: false,
      maxMemoryUsageInMB: MOST_MEGABYTES,
      // By default jpeg-js takes three channels for YCbCr, even where the marker says that they are RGB.
      ...(channels === 3 && transform === 0 ? { colorTransform: false } : {}),
    },
  );
  return { width, height, data };
}

/** Marks four channels as CMYK, upside down as Adobe stores it: what Pillow takes them for without a marker. */
function withAdobeMarker(bytes: Buffer): Buffer {
  const marker = Buffer.from('ffee000e41646f626500640000000000', 'hex');
  return Buffer.concat([bytes.subarray(0, 2), marker, bytes.subarray(2)]);
}
