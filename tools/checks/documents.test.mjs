/** What the documents show works: every block is run, type-checked, or says what it needs. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { commandsIn, documentBlocks, root } from '../docs/documents.mjs';

/** What a block may need that a test has not; a word after the language says so. */
const NEEDS = ['minutes', 'data', 'network', 'gpu'];
const SHOWN = ['', 'text', 'json', 'yaml', 'bibtex'];

const FROM_SOURCES = ['--import', 'tsx', '--conditions=@hash/source'];
/** What snippets take as given. */
const GIVEN = `import type { Backbone, BinaryCodes, Dataset, Rng } from '@hash/core';
declare global {
  const data: Dataset;
  const dataset: Dataset;
  const backbone: Backbone;
  const rng: Rng;
  const codes: BinaryCodes;
  const queries: BinaryCodes;
}
`;

const blocks = documentBlocks();
const isMarked = ({ words }) => words.some((word) => NEEDS.includes(word));
const isShell = ({ language }) => language === 'sh' || language === 'console';

test('blocks say what they are, and what they need', () => {
  const problems = blocks.flatMap(({ place, language, words, text }) => [
    ...(['sh', 'console', 'ts', ...SHOWN].includes(language)
      ? []
      : [`${place}: unknown language '${language}'`]),
    ...words
      .filter((word) => !NEEDS.includes(word))
      .map((word) => `${place}: '${word}' is none of ${NEEDS.join(', ')}`),
    ...(SHOWN.includes(language) && /^\$ /m.test(text) ? [`${place}: a transcript is \`\`\`console`] : []),
  ]);
  assert.deepEqual(problems, []);
});

test('commands of hash-runner have the options that they are shown with', () => {
  const lines = blocks.filter(isShell).flatMap((block) =>
    commandsIn(block).flatMap((command) => {
      const line = asTyped(command);
      return line === undefined ? [] : [{ place: block.place, line }];
    }),
  );
  assert.ok(lines.length > 30);
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [...FROM_SOURCES, 'tools/docs/commandProblems.mjs'],
    {
      cwd: root,
      input: JSON.stringify(lines),
      encoding: 'utf8',
    },
  );
  // Transcripts also show what is refused.
  assert.deepEqual(
    JSON.parse(stdout || '[]').filter((problem) => !problem.includes(' is invalid.')),
    [],
    stderr,
  );
});

/** The arguments of hash-runner in a command: `nx run wch:train -- --bits 32` is `train wch --bits 32`. */
function asTyped(command) {
  const direct = /(?:^|\s|\()(?:hash-runner|apps\/runner\/(?:dist\/main\.js|src\/main\.ts)) (.*)$/.exec(
    command,
  );
  if (direct !== null) return direct[1];
  const [, method, rest] = /nx run (\w+):train(?::[\w-]+)?(?: -- (.*))?$/.exec(command) ?? [];
  return method === undefined ? undefined : `train ${method} ${rest ?? ''}`;
}

describe('TypeScript', () => {
  const folder = join(root, 'tmp');
  let project;
  before(() => {
    mkdirSync(folder, { recursive: true });
    project = mkdtempSync(join(folder, 'documents-'));
  });
  after(() => rmSync(project, { recursive: true }));

  test('compiles as it stands', () => {
    const files = blocks
      .filter(({ language }) => language === 'ts')
      .map(({ place, text }) => {
        const name = `${place.replace(/[^\w]+/g, '-')}.ts`;
        writeFileSync(join(project, name), `${text}export {};\n`);
        return name;
      });
    assert.ok(files.length > 5);
    writeFileSync(join(project, 'given.ts'), GIVEN);
    files.push('given.ts');
    const compilerOptions = {
      composite: false,
      noEmit: true,
      noUnusedLocals: false,
      noUnusedParameters: false,
    };
    writeFileSync(
      join(project, 'tsconfig.json'),
      JSON.stringify({ extends: '../../tsconfig.base.json', compilerOptions, files }),
    );
    const { status, stdout } = spawnSync(
      join(root, 'node_modules/.bin/tsc'),
      ['--project', '.', '--pretty', 'false'],
      {
        cwd: project,
        encoding: 'utf8',
      },
    );
    assert.equal(status, 0, stdout);
  });
});

describe('commands', () => {
  let folder;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'documents-'));
    const main = join(root, 'apps/runner/dist/main.js');
    const script = `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`;
    writeFileSync(join(folder, 'hash-runner'), script, { mode: 0o755 });
  });
  after(() => rmSync(folder, { recursive: true }));

  const run = (command) => {
    const inherited = { ...process.env, NODE_OPTIONS: '', NODE_TEST_CONTEXT: undefined };
    const env = { ...inherited, PATH: `${folder}${delimiter}${process.env.PATH}`, HASH_BACKEND: 'cpu' };
    return spawnSync('bash', ['-c', `${command} 2>&1`], { cwd: folder, env, encoding: 'utf8' });
  };

  for (const block of blocks.filter((block) => isShell(block) && !isMarked(block))) {
    test(`of ${block.place}`, () => {
      if (block.language === 'sh')
        for (const command of commandsIn(block)) {
          const { status, stdout } = run(command);
          assert.equal(status, 0, `${command}\n${stdout}`);
        }
      else
        for (const [command, shown] of transcript(block.text))
          assert.match(run(command).stdout, pattern(shown), command);
    });
  }
});

/** Commands with what they are shown to write. */
function transcript(text) {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)]);
}

/** A line of `...` stands for any lines; at the end of a line for its rest. */
function pattern(shown) {
  const escaped = shown.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(
    `^${escaped.replace(/^\\\.\\\.\\\.\n/gm, '(?:.*\\n)*').replace(/\\\.\\\.\\\.$/gm, '.*')}$`,
  );
}
