import type { SkippedItem, SplitRecord } from '@hash/core';
import { describeKind } from '../packed/pack.js';
import { findBadImages } from '../packed/findBadImages.js';
import { findPacks, type FoundPack } from '../packed/findPacks.js';
import { recordSplit } from '../split/splitSha256.js';
import type { Content } from './entry.js';
import type { OpenOptions } from './openContent.js';

export interface ReadyOptions {
  /** Hears what packed images are used, and which images are left out. */
  readonly onNotice?: (text: string) => void;
  /** Hears how many images have been tried, where those that cannot be read are left out. */
  readonly onImages?: (progress: { readonly done: number; readonly total: number }) => void;
}

/** Takes image files from where they are packed, and leaves those out that cannot be read, where that is asked for. */
export async function readyImages(
  name: string,
  content: Content,
  { workers = 0, signal, onNotice, onImages }: Pick<OpenOptions, 'workers' | 'signal'> & ReadyOptions,
): Promise<Content> {
  const { images } = content;
  if (images.kind !== 'files') return content;
  const packs = await findPacks(images);
  for (const pack of packs) onNotice?.(`${name}: ${describePack(pack, images.paths.length)}`);
  const ready = { ...content, images: { ...images, packs: packs.map(({ pack }) => pack) } };
  if (images.reading.badImages === 'fail') return ready;
  const bad = await findBadImages(images, packs, { workers, signal, onProgress: onImages });
  for (const { reason } of bad) onNotice?.(`left out: ${reason}`);
  return { ...ready, split: leaveOut(name, content.split, bad) };
}

function describePack({ pack, packed, changed, bad }: FoundPack, images: number): string {
  const use =
    pack.kind.size === null ? 'all views' : `views that begin with resize ${describeKind(pack.kind)}`;
  const missing = images - packed - bad.size - changed;
  const others = [
    ...(changed > 0 ? [`${changed} files have changed since`] : []),
    ...(missing > 0 ? [`${missing} are not packed`] : []),
  ];
  const rest = others.length > 0 ? ` (${others.join(', ')}: these are decoded)` : '';
  return `${packed} packed images for ${use}${rest}`;
}

/** @throws Error  where nothing remains of a part */
function leaveOut(name: string, split: SplitRecord, bad: readonly SkippedItem[]): SplitRecord {
  if (bad.length === 0) return split;
  const unwanted = new Set(bad.map(({ position }) => position));
  const parts = Object.fromEntries(
    Object.entries(split.parts).map(([part, positions]) => {
      const left = positions.filter((position) => !unwanted.has(position));
      if (left.length > 0 || positions.length === 0) return [part, left];
      throw new Error(
        `${name}: of the ${positions.length} images of ${part} none can be read: ${bad[0]!.reason}`,
      );
    }),
  );
  const images = bad.length === 1 ? '1 image' : `${bad.length} images`;
  const record = recordSplit(`${split.protocol}, without ${images} that cannot be read`, split.seed, parts);
  return { ...record, skipped: bad };
}
