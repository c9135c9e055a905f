import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';

const SCALE = 2;

/**
 * Turns a chart into a PNG image at twice its size. Its letters come from a font that is installed with the program, so
 * that it looks the same on every machine, those without fonts included.
 */
export function rasterize(svg: string): Buffer {
  const font = { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: 'Noto Sans' };
  return new Resvg(svg, { font, fitTo: { mode: 'zoom', value: SCALE } }).render().asPng();
}

function fontFiles(): string[] {
  const folder = join(dirname(createRequire(import.meta.url).resolve('@embedpdf/fonts-latin')), '../fonts');
  return ['NotoSans-Regular.ttf', 'NotoSans-SemiBold.ttf'].map((file) => join(folder, file));
}
