import { join } from 'node:path';
import type { Entry } from '../catalogue/entry.js';
import { numpyPermutation } from '../split/numpyRandom.js';
import { recordSplit } from '../split/splitSha256.js';
import { filesOptionsWith, type FilesDefaults, type FilesOptions } from './filesOptions.js';
import { exists, findPlace, firstOf, fromRoot, placeStatus, type Places } from './findPlace.js';
import { mergeLists, type MergedLists } from './mergeLists.js';
import { readBuilt } from './built.js';
import { readList } from './readList.js';
import { isListPair, nameOfPair, readListPair } from './readListPair.js';
import { readNames } from './readNames.js';

const HINT =
  'Each line of a list is the path of an image from there, then 0 or 1 for each class, or the number of its class.';

/** A data set that is images and three lists of them: which are for training, queries, and to search. */
export function filesEntry(name: string, defaults?: FilesDefaults): Entry<FilesOptions> {
  const schema = filesOptionsWith(defaults);
  return {
    options: schema,
    async open(options, { root, seed, inspector }) {
      const { train, query, database } = options;
      const folder = await findPlace({ name, ...listsNamed(options), hint: HINT }, options.folder, { root });
      const lists = Object.entries({ train, query, database }).map(async ([part, file]) => {
        const path = (await firstOf(folder, namesOf(file)))!;
        return { part, path, items: (isListPair(path) ? readListPair : readList)(path, inspector) };
      });
      const merged = await mergeLists(await Promise.all(lists), { overlap: options.overlap, inspector });
      const { paths, labels, parts } = merged;
      const classes = await classNames(join(folder, options.classes), merged);
      const order = numpyPermutation(seed, parts['database']!.length);
      return {
        classes,
        images: {
          kind: 'files',
          folder: await imageFolder(name, root, folder, options),
          paths,
          reading: options,
        },
        names: paths,
        labels: labels.toLabels(classes.length),
        // Lists are often in the order of classes, which would decide between equal distances.
        split: recordSplit(name, seed, {
          ...parts,
          database: Array.from(order, (i) => parts['database']![i]!),
        }),
      };
    },
    status: (root) => placeStatus({ name, ...listsNamed(schema.parse({})) }, root),
  };
}

/** A list may be in two files. */
function namesOf(file: string): readonly string[] {
  return [file, nameOfPair(file)];
}

function listsNamed({ train, query, database }: FilesOptions): Pick<Places, 'marks' | 'content'> {
  const files = [...new Set([train, query, database])];
  return {
    marks: files.map(namesOf),
    content: `the lists ${files.slice(0, -1).join(', ')} and ${files.at(-1)!}`,
  };
}

/** Where paths start: where the user says, where the lists were built from, or beside the lists. */
async function imageFolder(
  name: string,
  root: string | undefined,
  folder: string,
  { images }: FilesOptions,
): Promise<string> {
  if (images !== null) return fromRoot(name, root, images);
  return (await readBuilt(folder))?.images ?? folder;
}

/** From a file, or numbers. Where lists give the number of each image's class, some classes may have no images. */
async function classNames(path: string, { columns, labels }: MergedLists): Promise<readonly string[]> {
  const found = columns === 1 ? labels.classes : columns;
  if (!(await exists(path))) return Array.from({ length: found }, (_, i) => String(i));
  const names = await readNames(path);
  if (columns === 1 ? names.length >= found : names.length === found) return names;
  const least = columns === 1 ? 'at least ' : '';
  throw new Error(`${path}: expected ${least}${found} names, one in each line, but found ${names.length}.`);
}
