import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '@hash/core';
import { withLightColors } from './charts/palette.js';
import { rasterize } from './charts/rasterize.js';
import type { Drawing } from './page/figures.js';

/** Writes a page, and beside it a folder of the same name that has its charts as SVG and PNG files. */
export async function writePage(path: string, page: string, drawings: readonly Drawing[]): Promise<void> {
  const folder = path.replace(/\.html$/, '');
  await mkdir(folder, { recursive: true });
  for (const { name, svg } of drawings) {
    const light = withLightColors(svg);
    await writeFileAtomically(join(folder, `${name}.svg`), [light]);
    await writeFileAtomically(join(folder, `${name}.png`), [rasterize(light)]);
  }
  await writeFileAtomically(path, [page]);
}
