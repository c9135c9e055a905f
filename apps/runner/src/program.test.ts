import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Command } from 'commander';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { METHODS } from './methods.js';
import { createProgram, runProgram } from './program.js';
import { processSurroundings } from './surroundings.js';

const cwd = temporaryFolder(beforeEach, afterEach);

/** Runs a command line in an empty folder. */
async function run(line: string, env: Record<string, string> = {}) {
  const streams = { stdout: new PassThrough(), stderr: new PassThrough() };
  const around = {
    ...processSurroundings(),
    ...streams,
    cwd: cwd.path,
    env: { HASH_BACKEND: 'cpu', ...env },
  };
  const code = await runProgram(line.split(' ').filter(Boolean), around);
  const text = (stream: PassThrough) => (stream.read() as Buffer | null)?.toString() ?? '';
  return { code, stdout: text(streams.stdout), stderr: text(streams.stderr) };
}

/** `train`, `index build`, ... */
function pathsOf({ commands }: Command, above = ''): string[] {
  return commands.flatMap((command) => {
    const path = `${above} ${command.name()}`.trim();
    return [path, ...pathsOf(command, path)];
  });
}

const METHOD_NAMES = METHODS.map(({ name }) => name).join(', ');

/** Of a training run that takes about a second. */
const TINY = [
  ...['size=16', 'train=12', 'query=6', 'database=12', 'classes=3'].map((set) => `dataset.options.${set}`),
  ...['size=16', 'patch=8', 'width=8', 'depth=1', 'heads=1', 'mlpWidth=8'].map(
    (set) => `backbone.options.${set}`,
  ),
  ...['epochs=2', 'batchSize=6', 'hiddenWidth=8', 'evaluation.precisionAt=2'],
]
  .map((set) => `--set ${set}`)
  .join(' ');

describe('hash-runner', () => {
  it.each(pathsOf(createProgram(processSurroundings())))('helps on %s, with examples', async (path) => {
    const { code, stdout } = await run(`${path} --help`);
    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: hash-runner ${path} `);
    expect(stdout).toContain(`\nExamples:\n  $ hash-runner ${path.split(' ')[0]}`);
    if (!path.includes(' ')) expect(await run(`help ${path}`)).toEqual({ code: 0, stdout, stderr: '' });
  });

  it('helps on itself, and says what version it is', async () => {
    const { code, stdout } = await run('--help');
    expect(code).toBe(0);
    expect(stdout).toContain('Exit codes: 0 fine, 1 failed, 2 wrong usage, 130 interrupted.');
    expect(await run('--version')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
  });

  it.each([
    ['', 'Usage: hash-runner'],
    ['trian', "error: unknown command 'trian'\n(Did you mean train?)\nType hash-runner --help for help.\n"],
    [
      'train --workrs 3',
      "error: unknown option '--workrs'\n(Did you mean --workers?)\nType hash-runner train --help for help.\n",
    ],
    ['train', `error: train: expected a method: ${METHOD_NAMES}, or a module.\n`],
    ['train wcj', "error: Unknown method 'wcj'. Did you mean 'wch'?"],
    ['train ./absent.js', 'error: Method ./absent.js: there is no file '],
    ['train wch --recipe quik', "error: Unknown recipe 'quik' of wch. Did you mean 'quick'?"],
    ['train wch --set epoch=3', "error: --set: unknown key 'epoch'. Did you mean 'config.epochs'?\n"],
    ['train wch --set epochs=x', 'error: --set config.epochs: expected a number, as in config.epochs='],
    ['train wch --set dataset.name=shape', "error: Unknown data set 'shape'. Did you mean 'shapes'?"],
    ['train wch --set backbone.name=vit-min', "error: Unknown backbone 'vit-min'. Did you mean 'vit-mini'?"],
    [
      'train wch --bits 16,0',
      "error: option '--bits <list>' argument '16,0' is invalid. Expected an integer of at least 1",
    ],
    ['train wch --seed -1', "Expected an integer of at least 0, but got '-1'."],
    ['train wch --backend gpu', "argument 'gpu' is invalid. Unknown engine 'gpu'. Known engines: auto, "],
    ['train wch --select best', 'Allowed choices are last, validation, queries.'],
    [
      'train --run a --resume b',
      "error: option '--resume <folder>' cannot be used with option '--run <folder>'",
    ],
    ['train --resume a', ' is no run folder: it has no config.json.\n'],
    ['evaluate', 'error: evaluate: expected a run folder, or --codes <file>.\n'],
    ['evaluate a --map-at most', "Expected an integer of at least 1, but got 'most'."],
    ['evaluate a', ' is no run folder: it has no config.json.\n'],
    ['encode a --part query', "error: required option '--out <file>' not specified"],
  ])('refuses "%s" as wrong usage', async (line, message) => {
    const { code, stdout, stderr } = await run(line);
    expect(stderr).toContain(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(readdirSync(cwd.path)).toEqual([]);
  });

  it('fails in one line, and says where on request', async () => {
    writeFileSync(cwd.join('none.mjs'), 'export const other = 3;');
    const message = 'error: Method ./none.mjs: expected an export with name, ';
    const brief = await run('methods ./none.mjs');
    expect(brief).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(message) });
    expect(brief.stderr.trim().split('\n')).toHaveLength(1);
    for (const long of [
      await run('methods ./none.mjs --verbose'),
      await run('methods ./none.mjs', { HASH_DEBUG: '1' }),
    ])
      expect(long.stderr).toMatch(/\n {4}at .*findMethod/);
  });

  it('fails where an engine that was asked for does not load', async () => {
    const { code, stderr } = await run('train wch --backend tensorflow-gpu');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: Engine tensorflow-gpu cannot be used\. /);
    expect(readdirSync(cwd.path)).toEqual([]);
  });
});

describe('baseline', () => {
  it.each(['lsh', 'itq'])('measures %s on the features of a recipe', async (name) => {
    const { code, stdout, stderr } = await run(`baseline ${name} wch ${TINY} --bits 4,6`);
    expect(stderr).toMatch(
      /train: features of 12 images\n.*query: .*\n.*database: .*\n.*4 bits\n.*6 bits\n/s,
    );
    expect(code).toBe(0);
    const [heading, , titles, ...rows] = stdout.split('\n');
    expect(heading).toBe(`${name} on shapes, features of vit-mini, seed 0`);
    expect(titles).toMatch(/^bits +metric +definition +value$/);
    expect(rows.map((row) => row.trim().split(/ {2,}/).slice(0, 3))).toEqual([
      ['4', 'mAP@all', 'hits, stable'],
      ['4', 'precision@2', 'stable'],
      ['6', 'mAP@all', 'hits, stable'],
      ['6', 'precision@2', 'stable'],
      [''],
    ]);
  });

  it('gives the same figures for the same seed', async () => {
    const measure = async (seed: number) =>
      (await run(`baseline itq wch ${TINY} --bits 6 --seed ${seed} --json`)).stdout;
    const first = await measure(3);
    expect(JSON.parse(first)).toMatchObject({ baseline: 'itq', plan: { seed: 3 }, lengths: [{ bits: 6 }] });
    expect(await measure(3)).toBe(first);
    expect(await measure(4)).not.toBe(first);
  });

  it('refuses more bits than there are features', async () => {
    const { code, stderr } = await run(`baseline itq wch ${TINY} --bits 9`);
    expect(code).toBe(2);
    expect(stderr).toContain('error: --bits: itq makes at most 8 bits of 8 features, but got 9.');
  });
});

describe('methods', () => {
  it('lists methods and recipes', async () => {
    const { code, stdout } = await run('methods');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^wch +Weighted Contrastive Hashing +ACCV +2022 +image$/m);
    expect(stdout).toMatch(/ quick +\S/);
    expect(stdout).not.toContain('learningRate');
  });

  it('lists the settings of one', async () => {
    const { stdout } = await run('methods wch');
    expect(stdout).toMatch(/\nlearningRate +0\.00001 +\S/);
    const [record] = JSON.parse((await run('methods wch --json')).stdout) as {
      settings: { key: string }[];
    }[];
    expect(record).toMatchObject({
      name: 'wch',
      paper: { year: 2022 },
      recipes: { quick: { bits: [16, 32, 64] } },
    });
    const keys = record!.settings.map(({ key }) => key);
    expect(keys).toContain('learningRate');
    expect(keys).not.toContain('bits');
  });
});

describe('doctor', () => {
  it('finds that tests run', async () => {
    const { code, stdout } = await run('doctor');
    expect(code).toBe(0);
    expect(stdout).toContain(`✓ Node.js: ${process.version}\n`);
    expect(stdout).toContain('✓ engine cpu: computes\n');
    expect(stdout).toContain(`– data folder: ${cwd.join('datasets')} does not exist\n  → `);
    expect(stdout).toContain('shapes');
    const findings = JSON.parse((await run('doctor --json')).stdout) as unknown[];
    expect(findings[0]).toEqual({ topic: 'Node.js', state: 'fine', detail: process.version });
  });

  it('fails where the engine does', async () => {
    const { code, stdout, stderr } = await run('doctor --backend tensorflow-gpu');
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'error: 1 of these must be mended first.\n' });
    expect(stdout).toContain('✗ engine tensorflow-gpu: ');
  });
});

describe('a run', () => {
  it('is trained, measured again, gone on with and applied', async () => {
    const trained = await run(`train wch ${TINY} --bits 8,12 --run mine`);
    expect(trained).toMatchObject({ code: 0 });
    const [, heading, selected, , titles, ...rows] = trained.stdout.split('\n');
    expect(heading).toBe('wch on shapes, recipe quick, seed 0, engine cpu');
    expect(selected).toBe('parameters of the last epoch');
    expect(titles).toBe('bits  metric       definition    trained  untrained  random codes  training');
    expect(rows[0]).toMatch(/^ {3}8 {2}mAP@all +hits, stable( +0\.\d{4}){3} +\d+ s$/);
    expect(rows[1]).toMatch(/^ +precision@2 +stable( +0\.\d{4}){3}$/);
    expect(rows[2]).toMatch(/^ {2}12 {2}mAP@all/);
    expect(trained.stderr).toContain('8 bits  epoch 2/2  loss ');
    expect(trained.stderr).toMatch(/\nreport: mine\/report\.html\n$/);
    expect(readdirSync(cwd.join('mine')).sort()).toEqual([
      'bits-12',
      'bits-8',
      'config.json',
      'engine.json',
      'report',
      'report.html',
      'results.json',
      'split.json',
    ]);

    const again = await run(`train wch ${TINY} --bits 8,12 --resume mine --no-report --json`);
    expect(again.code).toBe(0);
    expect((JSON.parse(again.stdout) as { outcomes: unknown }).outcomes).toEqual(
      JSON.parse(readFileSync(cwd.join('mine', 'results.json'), 'utf8')),
    );

    const evaluated = await run(
      'evaluate mine --bits 8 --map-at 3 --denominator min --ties average --pr radius',
    );
    expect(evaluated.code).toBe(0);
    expect(evaluated.stdout).toContain('   8  mAP@3        min(k, relevant), average over ties  0.');
    expect(evaluated.stdout).toContain('precision-recall by radius');

    const encoded = await run('encode mine --part query --bits 12 --out again.npy');
    expect(encoded.stderr).toContain('6 codes of 12 bits: again.npy\n');
    expect(readFileSync(cwd.join('again.npy'))).toEqual(
      readFileSync(cwd.join('mine', 'bits-12', 'codes', 'query-image.npy')),
    );
    expect((await run('encode mine --part query --out x.npy')).stderr).toContain(
      'error: The run has models of 8, 12 bits; name one by --bits.\n',
    );
    expect((await run('encode mine --part validation --bits 8 --out x.npy')).stderr).toContain(
      'error: --part validation: the run has no validation split',
    );
  });

  it('selects on a validation split, or on the queries and says so', async () => {
    const validated = await run(
      `train wch ${TINY} --bits 8 --run a --select validation --validation 4 --no-report --json`,
    );
    expect(validated.code).toBe(0);
    const { parts } = JSON.parse(readFileSync(cwd.join('a', 'split.json'), 'utf8')) as {
      parts: Record<string, number[]>;
    };
    expect([parts['train']!.length, parts['validation']!.length]).toEqual([8, 4]);
    const selected = await run(`train wch ${TINY} --bits 8 --run b --select queries --no-report`);
    expect(selected.stdout).toContain('\nselected on the queries: comparable with the paper, optimistic\n');
  });

  it('takes a method from outside', async () => {
    const wch = new URL('../../../packages/wch/src/index.ts', import.meta.url).href;
    writeFileSync(
      cwd.join('mine.mjs'),
      `import { wch } from '${wch}'; export const mine = { ...wch, name: 'mine' };`,
    );
    const { code, stdout } = await run(`train ./mine.mjs ${TINY} --bits 8 --run own --no-report`);
    expect(code).toBe(0);
    expect(stdout).toContain('mine on shapes, recipe quick');
    expect((await run('evaluate own')).code).toBe(0);
  });
});
