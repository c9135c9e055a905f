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
  /** Size of the file in MB (10⁶ bytes), to a tenth; null where its authors state none. */
  readonly megabytes: number | null;
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

const MEBIBYTE = 2 ** 20;

/** Sizes of files in bytes: torchvision states them (0.29, `meta` of the weights), Keras and CLIP when they download. */
const BYTES: Readonly<Record<string, number>> = {
  'resnet18-f37072fd.pth': 44.661 * MEBIBYTE,
  'resnet34-b627a593.pth': 83.275 * MEBIBYTE,
  'resnet50-0676ba61.pth': 97.781 * MEBIBYTE,
  'alexnet-owt-7be5be79.pth': 233.087 * MEBIBYTE,
  'vgg16-397923af.pth': 527.796 * MEBIBYTE,
  'vgg19-dcbb9e9d.pth': 548.051 * MEBIBYTE,
  'mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5': 9_406_464,
  'ViT-B-32.pt': 353_976_522,
  'ViT-B-16.pt': 350_837_078,
};

/** PyTorch ends names with the first digits of the sum; OpenAI has a folder for each. */
const SHA256 = /-([0-9a-f]{8})\.pth$|\/([0-9a-f]{64})\//;

/** All weights that networks of the catalogue are published with. */
export function publishedWeights(): readonly PublishedWeights[] {
  return Object.entries(CATALOGUE).flatMap(([backbone, { url }]) => {
    if (url === null) return [];
    const [, publisher] = Object.entries(PUBLISHERS).find(([start]) => url.startsWith(start))!;
    const digits = SHA256.exec(url);
    const file = basename(url);
    const sha256 = digits?.[1] ?? digits?.[2] ?? null;
    return [{ backbone, url, file, ...publisher, sha256, megabytes: megabytesOf(file) }];
  });
}

function megabytesOf(file: string): number | null {
  const bytes = BYTES[file];
  return bytes === undefined ? null : Math.round(bytes / 1e5) / 10;
}
