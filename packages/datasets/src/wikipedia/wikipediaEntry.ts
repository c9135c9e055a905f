import { join } from 'node:path';
import { labelsFromClassIds } from '@hash/core/data';
import { z } from 'zod';
import type { Access, DatasetStatus, Entry } from '../catalogue/entry.js';
import { exists, fromRoot } from '../files/findPlace.js';
import { imageFileOptions } from '../image/imageFileOptions.js';
import { recordSplit } from '../split/splitSha256.js';
import { readFeatures } from './readFeatures.js';
import { readPairs, type ListedPair } from './readPairs.js';

const options = z.strictObject({
  images: z
    .enum(['features', 'pixels'])
    .default('features')
    .describe(
      'what stands for the images: the histograms that the data set has of them, or the JPEG files in images/',
    ),
  ...imageFileOptions,
});

type Options = z.infer<typeof options>;

/** As the lists number them, from 1; also the names of the folders of images. */
const CLASSES = [
  ...['art', 'biology', 'geography', 'history', 'literature'],
  ...['media', 'music', 'royalty', 'sport', 'warfare'],
];

const FEATURES = 'raw_features.mat';
const SOURCE = 'http://www.svcl.ucsd.edu/projects/crossmodal/wikipedia_dataset.zip';

/**
 * Articles of Wikipedia: an image and a text each, the texts as topics. Queries are the authors' test part, what is
 * searched is their train part.
 *
 * @see Rasiwasia et al., ACM MM 2010, doi:10.1145/1873951.1873987
 */
export const wikipediaEntry: Entry<Options> = {
  options,
  async open({ images, ...reading }, access) {
    const folder = await locate(access);
    const list = (part: string) => readPairs(join(folder, `${part}set_txt_img_cat.list`), CLASSES.length);
    const [train, test] = [await list('train'), await list('test')];
    const features = await readFeatures(join(folder, FEATURES), { tr: train.length, te: test.length });
    const pairs = [...train, ...test];
    const positions = pairs.map((_, position) => position);
    const known = positions.slice(0, train.length);
    return {
      classes: CLASSES,
      images:
        images === 'features'
          ? features.images
          : { kind: 'files', folder, paths: pairs.map(imagePath), reading },
      labels: labelsFromClassIds(
        pairs.map(({ classId }) => classId),
        CLASSES.length,
      ),
      textVectors: features.texts,
      split: recordSplit(access.name, null, {
        train: known,
        query: positions.slice(train.length),
        database: known,
      }),
    };
  },
  async status(root) {
    if (root === undefined) return { found: false, detail: 'no folder of data sets was given' };
    return statusIn(root);
  },
};

function imagePath({ image, classId }: ListedPair): string {
  return `images/${CLASSES[classId]}/${image}.jpg`;
}

async function locate({ name, root }: Access): Promise<string> {
  const { found, detail } = await statusIn(fromRoot(name, root, '.'));
  if (found) return detail;
  throw new Error(`createDataset: ${detail}`);
}

async function statusIn(root: string): Promise<DatasetStatus> {
  const own = join(root, 'wikipedia');
  const data = join(own, 'data');
  const places = [data, own].flatMap((folder) => [folder, join(folder, 'wikipedia_dataset')]);
  for (const folder of places) {
    if (await exists(join(folder, FEATURES))) return { found: true, detail: folder };
  }
  const archive = join(data, 'wikipedia_dataset.zip');
  const commands = `mkdir -p ${data} && curl -L ${SOURCE} -o ${archive} && unzip ${archive} -d ${data}`;
  return { found: false, detail: `Wikipedia is not in ${root}. To get it: ${commands}.` };
}
