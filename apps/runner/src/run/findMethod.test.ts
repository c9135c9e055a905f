import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { UsageError } from '../errors.js';
import { METHODS } from '../methods.js';
import { findMethod } from './findMethod.js';

const ZOD = import.meta.resolve('zod');

const METHOD_NAMES = METHODS.map(({ name }) => name).join(', ');

/** The source of a module that exports methods by the given names. */
const moduleOf = (...names: string[]) =>
  `import { z } from '${ZOD}';\n` +
  names
    .map(
      (name) => `export const ${name} = {
        name: '${name}', paper: { title: 'T', venue: 'V', year: 2020, url: '' }, modalities: ['image'],
        config: z.strictObject({ bits: z.int() }), createTrainer: () => {},
        recipes: { quick: { description: '', dataset: { name: 'd' }, backbone: { name: 'b' }, bits: [16], config: {} } },
      };`,
    )
    .join('\n');

const folder = temporaryFolder(beforeAll, afterAll);
beforeAll(() => {
  const files = {
    'one.mjs': `${moduleOf('mine')} export const other = 3;`,
    'two.mjs': moduleOf('first', 'second'),
    'none.mjs': 'export const other = 3;',
    'half.mjs': `import { z } from '${ZOD}';
      export const half = {
        name: 'half one', paper: { title: 'T', venue: 'V', year: '2020', url: '' }, modalities: ['sound'],
        config: { parse() {} }, recipes: { quick: { description: '', dataset: 'shapes', backbone: { name: 'b' }, bits: [0], config: {} } },
      };
      export const bitless = {
        name: 'bitless', paper: { title: 'T', venue: 'V', year: 2020, url: '' }, modalities: ['image'],
        config: z.strictObject({ length: z.int() }), createTrainer: () => {}, recipes: {
          quick: { description: '', dataset: { name: 'd' }, backbone: { name: 'b' }, bits: [16], config: {} },
        },
      };`,
    'empty.mjs': '',
    'broken.mjs': `import 'no-such-package';`,
    'node_modules/esm-only/package.json':
      '{ "name": "esm-only", "type": "module", "exports": { "import": "./main.js" } }',
    'node_modules/esm-only/main.js': moduleOf('esmOnly'),
    'elsewhere/method.mjs': moduleOf('elsewhere'),
    'elsewhere/node_modules/@hash/core/package.json': '{ "name": "@hash/core", "main": "index.js" }',
    'elsewhere/node_modules/@hash/core/index.js': '',
    'node_modules/pack/package.json': '{ "name": "pack", "type": "module", "exports": "./main.js" }',
    'node_modules/pack/main.js': moduleOf('packed'),
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(folder.join(path)), { recursive: true });
    writeFileSync(folder.join(path), text);
  }
});

describe('findMethod', () => {
  it.each([
    ['wch', 'wch', 'wch'],
    ['./one.mjs', 'mine', '/one.mjs#mine'],
    ['one.mjs', 'mine', '/one.mjs#mine'],
    ['./two.mjs#second', 'second', '/two.mjs#second'],
    ['pack', 'packed', '/node_modules/pack/main.js#packed'],
    ['esm-only', 'esmOnly', '/node_modules/esm-only/main.js#esmOnly'],
  ])('finds %s', async (typed, name, source) => {
    const found = await findMethod(typed, folder.path);
    expect(found.method.name).toBe(name);
    expect(found.source.replace(/^\/private/, '').endsWith(source)).toBe(true);
    expect((await findMethod(found.source, '/')).method).toBe(found.method);
  });

  it.each([
    [
      'wcj',
      `Unknown method 'wcj'. Did you mean 'wch'? Methods: ${METHOD_NAMES}; or the path of a module (./my-method.js), or`,
    ],
    ['./absent.js', 'Method ./absent.js: there is no file /'],
    [
      './two.mjs',
      'Method ./two.mjs: the module exports several; name one: ./two.mjs#first, ./two.mjs#second.',
    ],
    ['./two.mjs#third', 'name one: ./two.mjs#first, ./two.mjs#second.'],
    ['./one.mjs#other', "Method ./one.mjs: the module exports no 'other'; it has ./one.mjs#mine."],
  ])('refuses %s as wrong usage', async (typed, message) => {
    await expect(findMethod(typed, folder.path)).rejects.toThrow(UsageError);
    await expect(findMethod(typed, folder.path)).rejects.toThrow(message);
  });

  it('says of each field what was expected and found', async () => {
    const error = await findMethod('./half.mjs', folder.path).catch(String);
    expect(error).toBe(`Error: Method ./half.mjs: the contract of a method (Method of @hash/core) is not kept.
export bitless:
  config: expected it to accept { bits: 16 }, but: Unrecognized key: "bits"
export half:
  name: expected letters, digits, dots, dashes and underscores, but got 'half one'
  paper.year: expected number, but got '2020'
  modalities.0: Invalid option: expected one of "image"|"text", but got 'sound'
  config: expected a schema of zod 4, but got {}
  recipes.quick.dataset: expected object, but got 'shapes'
  recipes.quick.bits.0: Too small: expected number to be >=1, but got 0
  createTrainer: expected a function, but got nothing`);
  });

  it.each([
    [
      './none.mjs',
      'Method ./none.mjs: expected an export with name, paper, modalities, config, recipes and createTrainer ' +
        '(Method of @hash/core), but among its exports is nothing like it: other.',
    ],
    ['./empty.mjs', 'but among its exports is nothing like it: none.'],
    ['./broken.mjs', "Method ./broken.mjs: cannot be loaded: Cannot find module 'no-such-package'"],
    [
      './elsewhere/method.mjs',
      'Method ./elsewhere/method.mjs: expected it to use the @hash/core of hash-runner, ',
    ],
  ])('says why %s is no method', async (typed, message) => {
    await expect(findMethod(typed, folder.path)).rejects.toThrow(message);
  });
});
