import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { builtCommand, builtFile } from '../builtProgram.testing.js';
import { lockFolder } from '../run/folderLock.js';
import { runLine } from '../runLine.testing.js';
import type { Surroundings } from '../surroundings.js';

const ENV = { HASH_BACKEND: 'cpu', NODE_OPTIONS: '' };

/** Of runs that take a second or two each. */
const SET = {
  ...{ 'dataset.options.size': 16, 'dataset.options.train': 12, 'dataset.options.query': 6 },
  ...{ 'dataset.options.database': 12, 'dataset.options.classes': 3, 'backbone.options.size': 16 },
  ...{ 'backbone.options.patch': 8, 'backbone.options.width': 8, 'backbone.options.depth': 1 },
  ...{ 'backbone.options.heads': 1, 'backbone.options.mlpWidth': 8, epochs: 2, batchSize: 4 },
  ...{ hiddenWidth: 8, 'evaluation.precisionAt': [] },
};

const cwd = temporaryFolder(beforeAll, afterAll);
beforeAll(() => {
  writeFileSync(cwd.join('grid.json'), JSON.stringify({ methods: 'wch', bits: 8, seeds: [0, 1], set: SET }));
});

/** A sweep in this process; its runs are processes of their own. */
const sweep = (line: string, changes: Partial<Surroundings> = {}) =>
  runLine(
    cwd.path,
    `sweep ${line}`,
    { ...(process.env as Record<string, string>), ...ENV },
    { command: builtCommand(), ...changes },
  );

interface Row {
  readonly seeds: number[];
  readonly values: number[];
}

const tableOf = (out: string) => JSON.parse(readFileSync(cwd.join(out, 'table.json'), 'utf8')) as Row[];
const cellsIn = (out: string) => readdirSync(cwd.join(out)).filter((name) => name.startsWith('wch-'));

describe('a sweep', () => {
  it('trains what is missing and nothing twice, goes on after a kill, and ends in one table', async () => {
    const [program, main] = builtCommand();
    const args = [main, 'sweep', '--grid', 'grid.json', '--out', 'a', '--jobs', '2'];
    const killed = spawn(program, args, { cwd: cwd.path, env: { ...process.env, ...ENV }, stdio: 'ignore' });
    await until(() => hasCheckpoint('a'));
    killed.kill('SIGKILL');

    const whole = await sweep('--grid grid.json --out a --jobs 2');
    expect(whole).toMatchObject({ code: 0 });
    expect(cellsIn('a')).toHaveLength(2);
    const [row, ...others] = tableOf('a');
    expect(others).toEqual([]);
    expect(row).toMatchObject({ method: 'wch', bits: 8, metric: 'mAP@all', seeds: [0, 1] });
    expect(readFileSync(cwd.join('a', 'table.csv'), 'utf8').split('\n')).toHaveLength(3);
    expect(readFileSync(cwd.join('a', 'table.tex'), 'utf8')).toContain('$\\pm$');

    const files = cellsIn('a').map((name) => statSync(cwd.join('a', name, 'results.json')).mtimeMs);
    const again = await sweep('--grid grid.json --out a --json');
    expect(again.stderr).toBe('2 of 2 runs were done before\n');
    expect(JSON.parse(again.stdout)).toEqual(tableOf('a'));
    expect(cellsIn('a').map((name) => statSync(cwd.join('a', name, 'results.json')).mtimeMs)).toEqual(files);

    const straight = await sweep('--grid grid.json --seeds 1 --out b');
    expect(straight.code).toBe(0);
    expect(tableOf('b')).toMatchObject([{ seeds: [1], values: [row!.values[1]], spread: null }]);
  }, 300_000);

  it('keeps going where a run fails, says so, and exits 1', async () => {
    writeFileSync(cwd.join('package.json'), '{ "type": "module" }');
    writeFileSync(
      cwd.join('bad.js'),
      `import { METHODS } from '${builtFile('methods.js').href}';
      const wch = METHODS.find(({ name }) => name === 'wch');
      export const bad = { ...wch, name: 'bad', createTrainer() { throw new Error('no luck'); } };`,
    );
    const { code, stdout, stderr } = await sweep('./bad.js wch --grid grid.json --seeds 0 --out a');
    expect(code).toBe(1);
    expect(stderr).toMatch(/\[2\/2\] bad-quick-8bits-seed0-\w{8}: failed: no luck\n/);
    expect(stderr).toMatch(
      /error: 1 of 2 runs failed:\n {2}bad-quick-\S+: no luck \(a\/logs\/bad-\S+\.log\)\n$/,
    );
    expect(stdout).toContain('1 of 2 runs: a/table.{csv,json,md,tex}\n');
  }, 300_000);

  it('lets the runs under way save on Ctrl-C, and exits 130', async () => {
    let stop = () => {};
    const onStop = (listener: () => void) => {
      stop = listener;
      return () => {};
    };
    const ended = sweep('--grid grid.json --set epochs=50 --out c --jobs 1', { onStop });
    await until(() => hasCheckpoint('c'));
    stop();
    const { code, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toMatch(
      /seed0-\w{8}: stopped and saved\n(.*\n)*Stopped and saved\. To go on, repeat the command\.\n$/,
    );
    expect(cellsIn('c')).toHaveLength(1);
  }, 300_000);

  it.each([
    ['', 'error: sweep: expected methods, or a grid by --grid.\n'],
    ['whc', "error: Unknown method 'whc'. Did you mean 'wch'"],
    ['wch --set epoch=3', "error: --set: unknown key 'epoch'. Did you mean 'config.epochs'?\n"],
    ['wch --seeds 4-1', "Expected a range such as 0-4, but got '4-1'."],
    ['--grid absent.yaml', 'error: --grid: there is no file '],
  ])('refuses %j before anything runs', async (line, message) => {
    expect(await sweep(line)).toMatchObject({ code: 2, stderr: expect.stringContaining(message) as unknown });
    expect(existsSync(cwd.join('runs'))).toBe(false);
  });

  it('lists what it would do, and refuses a folder in which another is at work', async () => {
    const dry = await sweep('wch --seeds 0-2 --bits 8,16 --set epochs=1 --set epochs=2 --dry-run');
    expect(dry.stdout.match(/^to do {2}wch-quick-epochs=[12]-(8|16)bits-seed[012]-\w{8}$/gm)).toHaveLength(
      12,
    );
    const release = await lockFolder(cwd.join('busy'));
    expect(await sweep('wch --out busy')).toMatchObject({
      code: 2,
      stderr: 'error: busy: another sweep is at work in this folder.\n',
    });
    await release!();
  });
});

/** Whether a run of the sweep has begun to train. */
function hasCheckpoint(out: string): boolean {
  if (!existsSync(cwd.join(out))) return false;
  return cellsIn(out).some((cell) => existsSync(cwd.join(out, cell, 'bits-8', 'checkpoint.json')));
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}
