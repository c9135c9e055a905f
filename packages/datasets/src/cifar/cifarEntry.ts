import type { SplitRecord } from '@hash/core';
import { labelsFromClassIds } from '@hash/core/data';
import { z } from 'zod';
import type { Entry } from '../catalogue/entry.js';
import type { ArchiveName } from '../download/index.js';
import { NumpyRandom } from '../split/numpyRandom.js';
import { shuffle } from '../split/splitPerClass.js';
import { recordSplit } from '../split/splitSha256.js';
import { cifarStatus, locateCifar, withAdvice } from './locateCifar.js';
import type { CifarProtocol } from './protocols.js';
import { readRecords, type CifarFile, type CifarRecords } from './readRecords.js';
import { SIDE, type RecordFormat } from './recordFormat.js';

/** CIFAR-10 or CIFAR-100. */
export interface CifarVersion {
  readonly archive: ArchiveName;
  readonly format: RecordFormat;
  readonly classes: number;
  /** The training files, then the test file. */
  readonly files: readonly CifarFile[];
  /** Images in all of the data set. */
  readonly published: number;
  classNames(folder: string): Promise<readonly string[]>;
}

/** A protocol on a version of CIFAR. */
export function cifarEntry(version: CifarVersion, protocol: CifarProtocol): Entry<Record<string, never>> {
  const { archive, files, format, classes } = version;
  return {
    options: z.strictObject({}),
    async open(_options, access) {
      const folder = await locateCifar(archive, access);
      return withAdvice(archive, folder, async () => {
        const records = await readRecords(folder, files, format);
        return {
          classes: await version.classNames(folder),
          images: { kind: 'packed', pixels: records.pixels, size: SIDE },
          labels: labelsFromClassIds(records.classIds, classes),
          split: cutCifar(records, version, protocol, access),
        };
      });
    },
    status: (root) => cifarStatus(archive, root),
    downloads: true,
  };
}

/** @param access  the name of the protocol and its seed */
export function cutCifar(
  { classIds, counts }: Pick<CifarRecords, 'classIds' | 'counts'>,
  { classes, published }: Pick<CifarVersion, 'classes' | 'published'>,
  protocol: CifarProtocol,
  { name, seed }: { readonly name: string; readonly seed: number },
): SplitRecord {
  const random = new NumpyRandom(seed);
  const testStart = classIds.length - counts.at(-1)!;
  const { train, query, database } = protocol({ classIds, classes, testStart }, random);
  const whole = classIds.length === published;
  return recordSplit(whole ? name : `${name} (${classIds.length} of ${published} images)`, seed, {
    train,
    query,
    // Between equal distances the order of the database decides: class by class, the first class would win.
    database: shuffle(database, random),
  });
}
