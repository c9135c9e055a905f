import { join } from 'node:path';
import { firstOf } from '../files/findPlace.js';
import { eachJsonObject } from './eachJsonObject.js';
import { findFile } from './findFile.js';
import type { Release, ReleaseReader } from './release.js';

/** A photograph while its annotations are gathered. */
interface Photo {
  readonly path: string;
  readonly ids: Set<number>;
  readonly texts: string[];
}

/**
 * Reads MS COCO's train and val parts, of 2014 or 2017: images with at least one of the 80 categories, in the order of
 * the files, train first.
 */
export function cocoRelease(withCaptions: boolean): ReleaseReader {
  return async (from, reading) => {
    const photos = new Map<number, Photo>();
    const categories = new Map<number, string>();
    const year = (await firstOf(from, ['annotations/instances_train2014.json'])) === undefined ? 2017 : 2014;
    for (const part of ['train', 'val']) {
      const file = (kind: string) => findFile(from, `annotations/${kind}_${part}${year}.json`);
      const pairs: [image: number, category: number][] = [];
      await eachJsonObject(await file('instances'), reading, (value) => {
        if (typeof value['file_name'] === 'string')
          photos.set(Number(value['id']), {
            path: join(`${part}${year}`, value['file_name']),
            ids: new Set(),
            texts: [],
          });
        else if (value['category_id'] !== undefined)
          pairs.push([Number(value['image_id']), Number(value['category_id'])]);
        else if (typeof value['supercategory'] === 'string')
          categories.set(Number(value['id']), String(value['name']));
      });
      for (const [image, category] of pairs) photos.get(image)?.ids.add(category);
      if (withCaptions)
        await eachJsonObject(await file('captions'), reading, ({ caption, image_id: image }) => {
          if (typeof caption === 'string') photos.get(Number(image))?.texts.push(caption.trim());
        });
    }
    return releaseOf(from, [...photos.values()], categories, withCaptions);
  };
}

function releaseOf(
  from: string,
  photos: readonly Photo[],
  categories: ReadonlyMap<number, string>,
  withCaptions: boolean,
): Release {
  const order = [...categories.keys()].sort((a, b) => a - b);
  const rank = new Map(order.map((category, id) => [category, id]));
  const kept = photos.filter(({ ids, texts }) => ids.size > 0 && (!withCaptions || texts.length > 0));
  const idsOf = ({ ids }: Photo) => Array.from(ids, (category) => rank.get(category)!).sort((a, b) => a - b);
  return {
    images: from,
    paths: kept.map(({ path }) => path),
    classes: order.map((category) => categories.get(category)!),
    ids: kept.map(idsOf),
    ...(withCaptions && { texts: kept.map(({ texts }) => texts) }),
  };
}
