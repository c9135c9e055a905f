/** The check of packages' contents finds what it is there to find. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tarballProblems } from '../release-rehearsal/tarballProblems.js';

const map = (...sources) => JSON.stringify({ sources });
const good = {
  'package.json': JSON.stringify({
    types: './dist/index.d.ts',
    exports: { '.': { '@hash/source': './src/index.ts', default: './dist/index.js' } },
  }),
  'README.md': '',
  LICENSE: '',
  'dist/index.js': '',
  'dist/index.js.map': map('../src/index.ts'),
  'dist/index.d.ts': '',
  'src/index.ts': '',
};
const problemsOf = (change) => tarballProblems(new Map(Object.entries({ ...good, ...change })));
const without = (name) => tarballProblems(new Map(Object.entries(good).filter(([key]) => key !== name)));

test('a whole package has no problems', () => assert.deepEqual(problemsOf({}), []));

test('what is missing', () => {
  assert.deepEqual(without('LICENSE'), ['lacks ^LICENSE$']);
  assert.deepEqual(without('dist/index.d.ts'), [
    'lacks ^dist\\/index\\.d\\.ts$',
    'exports dist/index.d.ts, which it does not ship',
    'has no types of dist/index.js',
  ]);
  assert.deepEqual(without('src/index.ts'), [
    'dist/index.js.map leads to src/index.ts, which it does not ship',
    'exports src/index.ts, which it does not ship',
  ]);
});

test('what is too much', () => {
  for (const name of ['src/a.test.ts', 'dist/tsconfig.lib.tsbuildinfo', 'fixtures/a.json', '.env'])
    assert.deepEqual(problemsOf({ [name]: '' }), [`ships ${name}`]);
});
