import { expect, it } from '@jest/globals';
import { backboneNames } from './createBackbone.js';
import { publishedWeights } from './publishedWeights.js';

it('says of every file where it is from, on what terms, and what sum it has', () => {
  const weights = new Map(publishedWeights().map((entry) => [entry.backbone, entry]));
  const ours = ['vit-mini', 'clip-mini', 'vectors'];
  expect([...weights.keys()]).toEqual(backboneNames().filter((name) => !ours.includes(name)));
  expect(weights.get('resnet50')).toEqual({
    backbone: 'resnet50',
    url: 'https://download.pytorch.org/models/resnet50-0676ba61.pth',
    file: 'resnet50-0676ba61.pth',
    data: 'ImageNet-1k',
    licence: 'BSD-3-Clause',
    sha256: '0676ba61',
    megabytes: 102.5,
  });
  expect(weights.get('clip-b32')).toMatchObject({ file: 'ViT-B-32.pt', licence: 'MIT' });
  expect(weights.get('clip-b32')!.sha256).toMatch(/^40d36571[0-9a-f]{56}$/);
  expect(weights.get('vit-b16')).toMatchObject({
    data: 'ImageNet-21k',
    licence: 'Apache-2.0',
    sha256: null,
    megabytes: null,
  });
});

it('says sizes where they are known: parameters of 4 bytes, and little more', () => {
  const weights = publishedWeights().filter(({ megabytes }) => megabytes !== null);
  // Parameters in millions, with the classifier's where the file has it; CLIP's in half precision but for embeddings.
  const parameters = new Map([
    ['resnet18', 11.69],
    ['resnet34', 21.798],
    ['resnet50', 25.557],
    ['mobilenet-v2', 2.258],
    ['alexnet', 61.101],
    ['vgg16', 138.358],
    ['vgg19', 143.667],
    ['clip-b32', (151.277 + 25.297) / 2],
    ['clip-b16', (149.621 + 25.297) / 2],
  ]);
  expect(weights.map(({ backbone }) => backbone)).toEqual([...parameters.keys()]);
  for (const { backbone, megabytes } of weights) {
    const surplus = megabytes! - 4 * parameters.get(backbone)!;
    expect(Math.abs(surplus)).toBeLessThan(0.003 * megabytes! + 0.4);
  }
});
