import type { NumpyRandom } from '../split/numpyRandom.js';
import { splitPerClass, type PerClassSizes } from '../split/splitPerClass.js';
import type { SplitParts } from '../split/splitSha256.js';
import { carsRelease } from './carsRelease.js';
import { cocoRelease } from './cocoRelease.js';
import { mirflickrRelease } from './mirflickrRelease.js';
import { nabirdsRelease } from './nabirdsRelease.js';
import { NUSWIDE_10, NUSWIDE_21, nuswideRelease } from './nuswideRelease.js';
import type { Release, ReleaseReader } from './release.js';
import { splitByQuota } from './splitByQuota.js';

/** How the lists of a data set are made of a release. */
export interface Builder {
  readonly read: ReleaseReader;
  /** Files of the release, in words. */
  readonly needs: string;
  /** Undefined where a manifest is written, whose split is cut when it is opened. */
  readonly cut?: (release: Release, random: NumpyRandom) => SplitParts;
  /** Whether the publishers have cut it, so that no seed is needed. */
  readonly isOfficial?: true;
  /** Whether each image has one class, whose number lists give. */
  readonly single?: true;
}

const NUSWIDE_NEEDS = 'ImageList/, Groundtruth/AllLabels/ and the images in Flickr/ or images/';
const MIRFLICKR_NEEDS = 'mirflickr/ with its images, and mirflickr25k_annotations_v080/';
const CARS_NEEDS =
  'cars_annos.mat and car_ims/; or devkit/, cars_test_annos_withlabels.mat, cars_train/ and cars_test/; ' +
  'or train.txt and test.txt of the official split, with the number of the class behind each path';
const NABIRDS_NEEDS = 'images/, images.txt, image_class_labels.txt, train_test_split.txt and classes.txt';

export const BUILDERS: Readonly<Record<string, Builder>> = {
  nuswide_21: {
    read: nuswideRelease(NUSWIDE_21, false),
    needs: NUSWIDE_NEEDS,
    cut: byQuota({ query: 100, train: 500 }),
  },
  nuswide_10: {
    read: nuswideRelease(NUSWIDE_10, false),
    needs: NUSWIDE_NEEDS,
    cut: byQuota({ query: 500, train: 500 }),
  },
  'nuswide-tags': {
    read: nuswideRelease(NUSWIDE_21, true),
    needs: `${NUSWIDE_NEEDS}, and NUS_WID_Tags/All_Tags.txt`,
  },
  coco: {
    read: cocoRelease(false),
    needs: 'annotations/instances_{train,val}2014.json (or 2017) and the images in train2014/ and val2014/',
    cut: atRandom({ query: 5000, train: 10_000 }, true),
  },
  'coco-captions': {
    read: cocoRelease(true),
    needs:
      'annotations/{instances,captions}_{train,val}2017.json (or 2014) and the images in train2017/ and val2017/',
  },
  mirflickr: {
    read: mirflickrRelease(true, false),
    needs: MIRFLICKR_NEEDS,
    cut: atRandom({ query: 1000, train: 4000 }, false),
  },
  mirflickr_24: {
    read: mirflickrRelease(false, false),
    needs: MIRFLICKR_NEEDS,
    cut: atRandom({ query: 2000, train: 5000 }, true),
  },
  'mirflickr-tags': {
    read: mirflickrRelease(false, true),
    needs: `${MIRFLICKR_NEEDS}, and mirflickr/meta/tags/`,
  },
  'cars-a': { read: carsRelease, needs: CARS_NEEDS, cut: official, isOfficial: true, single: true },
  'cars-b': {
    read: carsRelease,
    needs: CARS_NEEDS,
    cut: perClass((n) => ({ query: Math.min(10, n - 40), train: 30 })),
    single: true,
  },
  'nabirds-a': { read: nabirdsRelease, needs: NABIRDS_NEEDS, cut: official, isOfficial: true, single: true },
  'nabirds-b': {
    read: nabirdsRelease,
    needs: NABIRDS_NEEDS,
    cut: nabirdsB,
    single: true,
  },
};

function byQuota(quota: PerClassSizes): Builder['cut'] {
  return ({ ids, classes }, random) => splitByQuota(ids, classes.length, quota, random);
}

/** @param seen  whether what is trained on is searched too */
function atRandom({ query, train }: PerClassSizes, seen: boolean): Builder['cut'] {
  return ({ paths }, random) => {
    const least = query + train + 1;
    if (paths.length < least)
      throw new Error(`expected at least ${least} images to cut a split of, but found ${paths.length}.`);
    const order = Array.from(random.permutation(paths.length));
    return {
      query: order.slice(0, query),
      train: order.slice(query, query + train),
      database: order.slice(seen ? query : query + train),
    };
  };
}

function perClass(
  sizesOf: (available: number) => PerClassSizes,
): (release: Release, random: NumpyRandom) => Parts {
  return ({ ids, classes }, random) => {
    const classIds = ids.map(([id]) => id!);
    const { query, train, rest } = splitPerClass(classIds, classes.length, sizesOf, random);
    return { query, train, database: rest };
  };
}

type Parts = SplitParts & Readonly<Record<'query' | 'train' | 'database', readonly number[]>>;

/** Whoever has cut a release has also trained on all that is searched. */
function official({ official: parts }: Release): SplitParts {
  return { train: parts!.train, query: parts!.query };
}

/**
 * SHC's second split of NABirds. Classes of up to 45 photographs have nothing left to search: all of theirs are searched,
 * queries and training images too, which the paper's counts alone tell.
 */
function nabirdsB(release: Release, random: NumpyRandom): SplitParts {
  const sizes = (n: number) => ({
    query: Math.min(15, Math.floor(n / 3)),
    train: Math.min(30, n - Math.floor(n / 3)),
  });
  const { query, train, database } = perClass(sizes)(release, random);
  const classOf = (position: number): number => release.ids[position]![0]!;
  const searched = new Set(database.map(classOf));
  const others = Array.from(release.ids.keys()).filter((position) => !searched.has(classOf(position)));
  return { query, train, database: [...database, ...others] };
}
