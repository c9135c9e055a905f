import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { dcmht } from '@hash/clip-xmodal';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { UsageError } from '../errors.js';
import { planOfFile, readConfigFile } from './configFile.js';
import { planOfRecipe } from './resolvePlan.js';

const folder = temporaryFolder(beforeEach, afterEach);
let path: string;
beforeEach(() => {
  path = folder.join('dcmht.yaml');
});

const recipe = planOfRecipe({ method: dcmht, source: 'dcmht' }, 'quick');

async function plan(text: string) {
  writeFileSync(path, text);
  return planOfFile(recipe, await readConfigFile(path), dcmht);
}

describe('a file of settings', () => {
  it('changes what it says and nothing else', async () => {
    const changed = await plan(`
# 16 bits on the built-in images
seed: 1814
bits: 16
select: queries
config:
  epochs: 3
backbone: { options: { width: 32 } }
evaluation: { every: 1 }
`);
    expect(changed).toEqual({
      ...recipe,
      ...{ seed: 1814, bits: [16], select: 'queries' },
      config: { ...recipe.config, epochs: 3 },
      backbone: { ...recipe.backbone, options: { ...recipe.backbone.options, width: 32 } },
      evaluation: { ...recipe.evaluation, every: 1 },
    });
  });

  it('is the same in JSON', async () => {
    const content = { method: 'dcmht', recipe: 'quick', bits: [16, 32], config: { learningRate: 0.01 } };
    const yaml = 'method: dcmht\nrecipe: quick\nbits:\n- 16\n- 32\nconfig:\n  learningRate: 1e-2\n';
    expect(await plan(JSON.stringify(content))).toEqual(await plan(yaml));
    expect((await readConfigFile(path)).content).toEqual(content);
  });

  it('leaves the recipe as it is where it is empty', async () => expect(await plan('')).toEqual(recipe));

  it("leaves the recipe's options where the data set is another", async () => {
    const changed = await plan('dataset: shapes-multi');
    expect(changed.dataset).toEqual({ name: 'shapes-multi', options: {} });
    expect((await plan('dataset: shapes')).dataset).toEqual(recipe.dataset);
  });

  it.each([
    [
      'seed: 1\nepochs: 3',
      "2: unknown key 'epochs'. Keys: method, recipe, seed, select, validation, bits, dataset, backbone, config, evaluation.",
    ],
    ['config:\n  bits: 16\n  epoch: 3', "3: unknown key 'config.epoch'. Did you mean 'epochs'?"],
    ['config:\n\n  epochs: many', '3: config.epochs: Invalid input: expected number, received string.'],
    ['bits: [16,\n  0]', '2: bits.1: Too small: expected number to be >=1.'],
    ['dataset:\n  name: shape', "2: Unknown data set 'shape'. Did you mean 'shapes'?"],
    [
      'backbone:\n  name: clip-mini\n  options:\n    depht: 3',
      "4: unknown key 'backbone.options.depht'. Did you mean 'depth'?",
    ],
    ['backbone: clip-min', "1: Unknown backbone 'clip-min'."],
    ['seed: 1\nseed: 2', '2: Map keys must be unique.'],
    [
      'seed: 1\nconfig: {epochs: 2\n',
      '3: Flow map in block collection must be sufficiently indented and end with a }.',
    ],
    ['16', '1: Invalid input: expected object, received number.'],
  ])('is refused with the line where it says %j', async (text, message) => {
    const error = await plan(text).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(UsageError);
    expect((error as Error).message).toContain(`${path}:${message}`);
  });
});
