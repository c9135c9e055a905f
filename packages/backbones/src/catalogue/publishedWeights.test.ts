import { expect, it } from '@jest/globals';
import { backboneNames } from './createBackbone.js';
import { publishedWeights } from './publishedWeights.js';

it('says of every file where it is from, on what terms, and what sum it has', () => {
  const weights = new Map(publishedWeights().map((entry) => [entry.backbone, entry]));
  const ours = ['vit-mini', 'clip-mini'];
  expect([...weights.keys()]).toEqual(backboneNames().filter((name) => !ours.includes(name)));
  expect(weights.get('resnet50')).toEqual({
    backbone: 'resnet50',
    url: 'https://download.pytorch.org/models/resnet50-0676ba61.pth',
    file: 'resnet50-0676ba61.pth',
    data: 'ImageNet-1k',
    licence: 'BSD-3-Clause',
    sha256: '0676ba61',
  });
  expect(weights.get('clip-b32')).toMatchObject({ file: 'ViT-B-32.pt', licence: 'MIT' });
  expect(weights.get('clip-b32')!.sha256).toMatch(/^40d36571[0-9a-f]{56}$/);
  expect(weights.get('vit-b16')).toMatchObject({ data: 'ImageNet-21k', licence: 'Apache-2.0', sha256: null });
});
