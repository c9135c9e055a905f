/** docs/add-your-method.md, block by block, in a copy of the workspace: what it says works. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { markdownBlocks } from '../docs/markdownBlocks.mjs';
import { copyWorkspace, linkPackage } from './copyWorkspace.mjs';

const blocks = markdownBlocks(
  readFileSync(new URL('../../docs/add-your-method.md', import.meta.url), 'utf8'),
);
const hasPython = spawnSync('python3', ['--version']).status === 0;

let copy;
before(() => {
  copy = copyWorkspace();
});
after(() => rmSync(copy, { recursive: true, force: true }));

function run(script) {
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    NODE_TEST_CONTEXT: undefined,
    HASH_DATA: join(copy, 'datasets'),
  };
  const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: copy,
    env,
    encoding: 'utf8',
  });
  assert.equal(status, 0, `${script}\n${stdout}\n${stderr}`);
  return stdout;
}

for (const { language, words, file, text, line } of blocks) {
  const skip = words.includes('minutes') || (words.includes('python') && !hasPython);
  test(`line ${line}: ${language} ${file ?? text.trim().split('\n')[0]}`, { skip }, () => {
    if (file !== undefined) {
      mkdirSync(dirname(join(copy, file)), { recursive: true });
      writeFileSync(join(copy, file), text);
    } else if (text.startsWith('npm install  ')) linkPackage(copy, 'packages/csq');
    else if (!words.includes('network')) run(text);
  });
}

test('the oracle gives the fixture that the document shows', { skip: !hasPython }, () => {
  const fixture = () => JSON.parse(readFileSync(join(copy, 'packages/csq/fixtures/csq.json'), 'utf8'));
  const shown = fixture();
  run('python3 tools/oracles/csq.py');
  assert.deepEqual(fixture(), shown);
});

test('leaves nothing to format, and one method more', () => {
  run('npx prettier --check packages/csq apps/runner tsconfig.json docs');
  assert.match(readFileSync(join(copy, 'apps/runner/src/methods.ts'), 'utf8'), /METHODS[^=]*=\s*\[\s*csq,/);
});

test('the generator refuses what exists, and bad names', () => {
  const refuse = (args, message) => {
    const { status, stderr } = spawnSync(process.execPath, ['tools/new-method', ...args], {
      cwd: copy,
      encoding: 'utf8',
    });
    assert.deepEqual([status, stderr], [2, message]);
  };
  refuse(['csq'], 'error: packages/csq exists already.\n');
  refuse(
    ['My_Method'],
    "error: expected a name of small letters, digits and dashes, as in my-method, but got 'My_Method'.\n",
  );
  refuse(['a', '--year', '20'], "error: --year: expected four digits, but got '20'.\n");
});
