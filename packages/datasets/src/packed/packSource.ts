import { closeSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { AugmentOp } from '@hash/core';
import { PixelBuffer } from '../image/pixelBuffer.js';
import type { ImageSource } from '../loader/imageSource.js';
import { describeKind, type Pack, type PackKind } from './pack.js';

/** Reads from packs where that gives the same pixels in the end, from the files otherwise. */
export function openPackSources(packs: readonly Pack[], files: ImageSource): ImageSource {
  const sources = packs.map((pack) => ({ ...pack, source: openPack(pack, files) }));
  const original = sources.find(({ kind }) => kind.size === null);
  return {
    read: (position) => (original?.source ?? files).read(position),
    beginningWith: (op) => (sources.find(({ kind }) => isMadeBy(kind, op)) ?? original)?.source ?? files,
    close() {
      for (const { source } of sources) source.close();
    },
  };
}

/** Whether resizing an image of the pack by `op` leaves it as it is: it is what `op` makes of the original. */
function isMadeBy({ size, interpolation }: PackKind, op: AugmentOp | undefined): boolean {
  return op?.op === 'resize' && op.size === size && (op.interpolation ?? 'bilinear') === interpolation;
}

function openPack(
  { path, kind, offsets, shapes }: Pack,
  files: ImageSource,
): ImageSource & { readonly close: () => void } {
  const file = openSync(path, 'r');
  const image = new PixelBuffer();
  return {
    read(position) {
      const offset = offsets[position]!;
      if (offset < 0) return files.read(position);
      const [width, height, crc] = shapes.subarray(3 * position);
      image.resize(width!, height!);
      const bytes = image.data.subarray(0, 3 * width! * height!);
      readFully(file, bytes, offset);
      if (crc32(bytes) === crc) return image;
      throw new Error(
        `${path}: expected the pixels of image ${position} (${describeKind(kind)}) at byte ${offset} to have the ` +
          `CRC-32 ${crc}, but got ${crc32(bytes)}. Pack the images again: what is damaged is made anew.`,
      );
    },
    close: () => closeSync(file),
  };
}

/** Reads as much as there is. */
function readFully(file: number, bytes: Uint8Array, offset: number): void {
  for (let done = 0; done < bytes.length;) {
    const count = readSync(file, bytes, done, bytes.length - done, offset + done);
    if (count === 0) return void bytes.fill(0, done);
    done += count;
  }
}
