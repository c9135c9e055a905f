import { basename } from 'node:path';
import { CATALOGUE } from './catalogue.js';

/** A file of weights as the authors of a network publish it. */
export interface PublishedWeights {
  /** Of the network that takes them, by its default options. */
  readonly backbone: string;
  readonly url: string;
  /** Name of the file. */
  readonly file: string;
  /** What it was trained on. */
  readonly data: string;
  readonly licence: string;
  /** Lower-case hexadecimal digits of the file's SHA-256: all 64, or the first ones; null where none are published. */
  readonly sha256: string | null;
}

/** Who publishes weights, by how their addresses begin. */
const PUBLISHERS: Readonly<Record<string, Pick<PublishedWeights, 'data' | 'licence'>>> = {
  'https://storage.googleapis.com/vit_models/': { data: 'ImageNet-21k', licence: 'Apache-2.0' },
  'https://download.pytorch.org/models/': { data: 'ImageNet-1k', licence: 'BSD-3-Clause' },
  'https://storage.googleapis.com/tensorflow/keras-applications/': {
    data: 'ImageNet-1k',
    licence: 'Apache-2.0',
  },
  'https://openaipublic.azureedge.net/clip/models/': {
    data: '400 million images with texts',
    licence: 'MIT',
  },
};

/** PyTorch ends names with the first digits of the sum; OpenAI has a folder for each. */
const SHA256 = /-([0-9a-f]{8})\.pth$|\/([0-9a-f]{64})\//;

/** All weights that networks of the catalogue are published with. */
export function publishedWeights(): readonly PublishedWeights[] {
  return Object.entries(CATALOGUE).flatMap(([backbone, { url }]) => {
    if (url === null) return [];
    const [, publisher] = Object.entries(PUBLISHERS).find(([start]) => url.startsWith(start))!;
    const digits = SHA256.exec(url);
    return [{ backbone, url, file: basename(url), ...publisher, sha256: digits?.[1] ?? digits?.[2] ?? null }];
  });
}
