import { describe, expect, it } from '@jest/globals';
import { backboneNames, backboneOptions } from './createBackbone.js';

describe('backboneOptions', () => {
  it('gives every network a schema with defaults', () => {
    for (const name of backboneNames()) expect(backboneOptions(name).safeParse({}).success).toBe(true);
    expect(backboneOptions('vit-mini').parse({ depth: 2 })).toMatchObject({ size: 32, depth: 2 });
  });

  it('knows the names', () =>
    expect(() => backboneOptions('vit')).toThrow(/^Unknown backbone 'vit'\. Known backbones: vit-b16, /));
});
