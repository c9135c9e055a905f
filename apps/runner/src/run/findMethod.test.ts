import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UsageError } from '../errors.js';
import { METHODS } from '../methods.js';
import { findMethod } from './findMethod.js';

const METHOD_NAMES = METHODS.map(({ name }) => name).join(', ');

/** The source of a module that exports methods by the given names. */
const moduleOf = (...names: string[]) =>
  names
    .map(
      (name) => `export const ${name} = {
        name: '${name}', paper: { title: 'T', venue: 'V', year: 2020, url: '' }, modalities: ['image'],
        config: { safeParse: (data) => ({ success: true, data }) }, createTrainer: () => {},
        recipes: { quick: { description: '', dataset: { name: 'd' }, backbone: { name: 'b' }, bits: [16], config: {} } },
      };`,
    )
    .join('\n');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'find-method-'));
  const files = {
    'one.mjs': `${moduleOf('mine')} export const other = 3;`,
    'two.mjs': moduleOf('first', 'second'),
    'none.mjs': `export const other = 3; export const half = { name: 'half', modalities: [], recipes: { quick: {} } };`,
    'empty.mjs': '',
    'node_modules/pack/package.json': '{ "name": "pack", "type": "module", "exports": "./main.js" }',
    'node_modules/pack/main.js': moduleOf('packed'),
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('findMethod', () => {
  it.each([
    ['wch', 'wch', 'wch'],
    ['./one.mjs', 'mine', '/one.mjs#mine'],
    ['one.mjs', 'mine', '/one.mjs#mine'],
    ['./two.mjs#second', 'second', '/two.mjs#second'],
    ['pack', 'packed', '/node_modules/pack/main.js#packed'],
  ])('finds %s', async (typed, name, source) => {
    const found = await findMethod(typed, folder);
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
  ])('refuses %s as wrong usage', async (typed, message) => {
    await expect(findMethod(typed, folder)).rejects.toThrow(UsageError);
    await expect(findMethod(typed, folder)).rejects.toThrow(message);
  });

  it('says what the exports of a module lack', async () => {
    await expect(findMethod('./none.mjs', folder)).rejects.toThrow(
      'Method ./none.mjs: expected an export with name, paper, modalities, config, recipes and createTrainer, but got ' +
        'half lacks paper, modalities, config, recipes, createTrainer; other is a number.',
    );
    await expect(findMethod('./empty.mjs', folder)).rejects.toThrow('but got no exports.');
  });
});
