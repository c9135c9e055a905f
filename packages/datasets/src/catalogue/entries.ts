import { cifarEntry } from '../cifar/cifarEntry.js';
import { cifar10, cifar100, cifar10Full, cifar10Seen, official } from '../cifar/protocols.js';
import { cifar100Version, cifar10Version } from '../cifar/versions.js';
import { filesEntry } from '../files/filesEntry.js';
import { folderEntry } from '../folder/folderEntry.js';
import { manifestEntry } from '../manifest/manifestEntry.js';
import { MIRFLICKR_DCMH, NUSWIDE_DCMH } from '../pairs/dcmhSets.js';
import { pairsEntry } from '../pairs/pairsEntry.js';
import { shapesEntry } from '../shapes/shapesEntry.js';
import { wikipediaEntry } from '../wikipedia/wikipediaEntry.js';
import type { DatasetInfo } from './datasetInfo.js';
import type { Entry } from './entry.js';
import { INFOS, type DatasetName } from './infos.js';

const ENTRIES: Readonly<Record<DatasetName, Entry>> = {
  shapes: shapesEntry(false),
  'shapes-multi': shapesEntry(true),
  cifar10: cifarEntry(cifar10Version, cifar10),
  'cifar10-1': cifarEntry(cifar10Version, cifar10Seen),
  'cifar10-2': cifarEntry(cifar10Version, cifar10Full),
  cifar100: cifarEntry(cifar100Version, cifar100),
  'cifar100-official': cifarEntry(cifar100Version, official),
  wikipedia: wikipediaEntry,
  nuswide_21: filesEntry('nuswide_21'),
  nuswide_21_m: filesEntry('nuswide_21_m'),
  nuswide_10: filesEntry('nuswide_10'),
  nuswide_81_m: filesEntry('nuswide_81_m'),
  coco: filesEntry('coco'),
  imagenet: filesEntry('imagenet'),
  mirflickr: filesEntry('mirflickr'),
  mirflickr_24: filesEntry('mirflickr_24'),
  voc2012: filesEntry('voc2012'),
  'cars-a': filesEntry('cars-a', { database: 'train.txt' }),
  'cars-b': filesEntry('cars-b'),
  'nabirds-a': filesEntry('nabirds-a', { database: 'train.txt' }),
  'nabirds-b': filesEntry('nabirds-b', { overlap: true }),
  'coco-captions': pairsEntry('coco-captions'),
  'mirflickr-tags': pairsEntry('mirflickr-tags'),
  'nuswide-tags': pairsEntry('nuswide-tags'),
  'mirflickr-dcmh': pairsEntry('mirflickr-dcmh', MIRFLICKR_DCMH),
  'nuswide-dcmh': pairsEntry('nuswide-dcmh', NUSWIDE_DCMH),
  pairs: pairsEntry('pairs'),
  files: filesEntry('files'),
  folder: folderEntry('folder'),
  manifest: manifestEntry('manifest'),
};

/** The names that {@link createDataset} knows: a data set, and where it has several protocols, which. */
export function datasetNames(): readonly string[] {
  return Object.keys(ENTRIES);
}

/** @throws Error  that says how the name is spelt, or lists the good ones */
export function entryOf(name: string): Entry {
  return ENTRIES[checkedName(name)];
}

/**
 * What is known of a data set before any of its files is seen.
 *
 * @throws Error  that says how the name is spelt, or lists the good ones
 */
export function datasetInfo(name: string): DatasetInfo {
  return INFOS[checkedName(name)];
}

function checkedName(name: string): DatasetName {
  if (Object.hasOwn(ENTRIES, name)) return name as DatasetName;
  const names = datasetNames();
  const right = names.find((known) => letters(known) === letters(name));
  throw new Error(
    right === undefined
      ? `createDataset: no data set "${name}". Known: ${names.join(', ')}.`
      : `createDataset: no data set "${name}"; it is spelt "${right}".`,
  );
}

/** What people mean by a name, without its case and punctuation. */
function letters(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
