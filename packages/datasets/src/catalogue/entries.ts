import { cifarEntry } from '../cifar/cifarEntry.js';
import { cifar10, cifar100, cifar10Full, cifar10Seen, official } from '../cifar/protocols.js';
import { cifar100Version, cifar10Version } from '../cifar/versions.js';
import { filesEntry } from '../files/filesEntry.js';
import { shapesEntry } from '../shapes/shapesEntry.js';
import type { Entry } from './entry.js';

const ENTRIES: Readonly<Record<string, Entry>> = {
  shapes: shapesEntry(false),
  'shapes-multi': shapesEntry(true),
  cifar10: cifarEntry(cifar10Version, cifar10),
  'cifar10-1': cifarEntry(cifar10Version, cifar10Seen),
  'cifar10-2': cifarEntry(cifar10Version, cifar10Full),
  cifar100: cifarEntry(cifar100Version, cifar100),
  'cifar100-official': cifarEntry(cifar100Version, official),
  nuswide_21: filesEntry('nuswide_21'),
  coco: filesEntry('coco'),
  files: filesEntry('files'),
};

/** The names that {@link createDataset} knows: a data set, and where it has several protocols, which. */
export function datasetNames(): readonly string[] {
  return Object.keys(ENTRIES);
}

/** @throws Error  that says how the name is spelt, or lists the good ones */
export function entryOf(name: string): Entry {
  const entry = Object.hasOwn(ENTRIES, name) ? ENTRIES[name] : undefined;
  if (entry !== undefined) return entry;
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
