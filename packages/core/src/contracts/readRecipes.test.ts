import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { temporaryFolder } from '../testing/temporaryFolder.js';
import { readRecipes } from './readRecipes.js';

describe('readRecipes', () => {
  const folder = temporaryFolder(beforeEach, afterEach);
  const read = () => readRecipes(pathToFileURL(`${folder.path}/`));
  const recipe = {
    description: 'Trains in a minute.',
    dataset: { name: 'shapes' },
    backbone: { name: 'vit-mini' },
    bits: [16, 32],
    config: { epochs: 3 },
  };

  it('names each recipe as its file and fills in the defaults', () => {
    writeFileSync(folder.join('quick.json'), JSON.stringify(recipe));
    expect(read()).toEqual({
      quick: {
        ...recipe,
        dataset: { name: 'shapes', options: {} },
        backbone: {
          name: 'vit-mini',
          options: {},
          weights: null,
          frozen: false,
          cachedViews: 4,
          frozenTokens: true,
        },
        evaluation: { mapAt: 'all', precisionAt: [], every: 0 },
      },
    });
  });

  it('names file and key of what is wrong', () => {
    writeFileSync(folder.join('bad.json'), JSON.stringify({ ...recipe, bits: [0] }));
    expect(read).toThrow(
      `Recipe ${folder.join('bad.json')}:\n✖ Too small: expected number to be >=1\n  → at bits[0]`,
    );
    writeFileSync(folder.join('bad.json'), JSON.stringify({ ...recipe, epoch: 3 }));
    expect(read).toThrow('Unrecognized key: "epoch"');
  });

  it('names a file that is not JSON', () => {
    writeFileSync(folder.join('bad.json'), '{');
    expect(read).toThrow(`Recipe ${folder.join('bad.json')}: Expected property name`);
  });
});
