import { access } from 'node:fs/promises';
import { basename } from 'node:path';
import { disposeParameters, type Rng } from '@hash/core';
import type { z } from 'zod';
import type { WeightFile } from '../files/weightFile.js';
import type { PublishedBackbone } from '../weights/checkpointFormat.js';
import { loadWeights } from '../weights/loadWeights.js';
import { openWeights } from '../weights/openWeights.js';
import { CATALOGUE } from './catalogue.js';
import type { CatalogueEntry } from './catalogueEntry.js';

export interface CreateBackboneOptions {
  /** The network's own, such as `{ dropout: 0 }`; each has a default. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** File of pretrained weights; null, the default, leaves the first values that `rng` draws. */
  readonly weights?: string | null;
  readonly rng: Rng;
}

/** The names that {@link createBackbone} knows. */
export function backboneNames(): readonly string[] {
  return Object.keys(CATALOGUE);
}

/**
 * The schema of a network's options: their types, defaults and help texts.
 *
 * @throws Error  of an unknown name, listing the known ones
 */
export function backboneOptions(name: string): z.ZodType {
  return catalogueEntryOf(name).options;
}

/**
 * Makes a network of the catalogue.
 *
 * @throws Error  of an unknown name, listing the known ones; of options that the network does not take; of weights that
 * are absent, saying what to download, or that do not fit
 */
export async function createBackbone(
  name: string,
  { options = {}, weights = null, rng }: CreateBackboneOptions,
): Promise<PublishedBackbone> {
  const entry = catalogueEntryOf(name);
  if (weights === null) return entry.create(name, options, rng);
  const file = await openPublished(name, entry, weights);
  try {
    return await createFrom(file, await entry.create(name, options, rng));
  } finally {
    await file.close();
  }
}

function catalogueEntryOf(name: string): CatalogueEntry {
  const entry = Object.hasOwn(CATALOGUE, name) ? CATALOGUE[name] : undefined;
  if (entry !== undefined) return entry;
  throw new Error(`Unknown backbone '${name}'. Known backbones: ${backboneNames().join(', ')}.`);
}

async function openPublished(name: string, { url }: CatalogueEntry, path: string): Promise<WeightFile> {
  try {
    await access(path);
  } catch (error) {
    const advice =
      url === null
        ? 'None are published for it: train it first, or leave weights out.'
        : `Download ${url} and save it there, or pass the path of ${basename(url)}.`;
    throw new Error(`createBackbone: no weights of ${name} at ${path}. ${advice}`, { cause: error });
  }
  return openWeights(path);
}

async function createFrom(file: WeightFile, backbone: PublishedBackbone): Promise<PublishedBackbone> {
  try {
    await loadWeights(backbone, file);
    return backbone;
  } catch (error) {
    disposeParameters(backbone.parameters);
    throw error;
  }
}
