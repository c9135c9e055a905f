import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { builtCommand } from './builtProgram.testing.js';

const SETTINGS = [
  ...['size=16', 'train=12', 'query=6', 'database=12', 'classes=3'].map((set) => `dataset.options.${set}`),
  ...['size=16', 'patch=8', 'width=8', 'depth=1', 'heads=1', 'mlpWidth=8'].map(
    (set) => `backbone.options.${set}`,
  ),
  ...['epochs=4', 'batchSize=4', 'hiddenWidth=8'],
].flatMap((set) => ['--set', set]);

const cwd = temporaryFolder(beforeAll, afterAll);

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

/** Runs the program as a process of its own, and sends it a signal once it has written some text. */
function run(args: readonly string[], signal?: NodeJS.Signals, after = ''): Promise<Ended> {
  const [program, main] = builtCommand();
  const child = spawn(program, [main, ...args], {
    cwd: cwd.path,
    env: { ...process.env, HASH_BACKEND: 'cpu', NODE_OPTIONS: '' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  let sent = false;
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    if (signal === undefined || sent || !stderr.includes(after)) return;
    sent = true;
    child.kill(signal);
  });
  return new Promise((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stderr }));
  });
}

const train = (folder: string) => [
  'train',
  'wch',
  ...SETTINGS,
  ...['--bits', '8', '--workers', '0', '--no-report', '--run', folder],
];

/** What a run ends in, without the time that it took. */
const outcome = (folder: string) =>
  ['model.safetensors', 'metrics.jsonl', 'results.json', 'codes/query-image.npy'].map((file) =>
    readFileSync(cwd.join(folder, 'bits-8', file)).toString('hex'),
  );

describe('a process', () => {
  beforeAll(async () => {
    expect(await run(train('whole'))).toMatchObject({ code: 0 });
  }, 120_000);

  it('saves on Ctrl-C, exits 130, and goes on to the same bits', async () => {
    const { code, stderr } = await run(train('stopped'), 'SIGINT', 'epoch 2/4');
    expect(code).toBe(130);
    expect(stderr).toContain('\nStopping after the step under way. Press Ctrl-C again to stop at once.\n');
    expect(stderr).toMatch(/\nStopped and saved\. To go on, repeat the command with --resume stopped\n$/);
    expect(existsSync(cwd.join('stopped', 'bits-8', 'results.json'))).toBe(false);
    expect(await run(['train', '--resume', 'stopped'])).toMatchObject({ code: 0 });
    expect(outcome('stopped')).toEqual(outcome('whole'));
  }, 120_000);

  it('may be killed, and then goes on to the same bits', async () => {
    expect(await run(train('killed'), 'SIGKILL', 'epoch 3/4')).toMatchObject({
      code: null,
      signal: 'SIGKILL',
    });
    expect(await run(['train', '--resume', 'killed'])).toMatchObject({ code: 0 });
    expect(outcome('killed')).toEqual(outcome('whole'));
    expect(readdirSync(cwd.join('killed', 'bits-8')).sort()).toEqual(
      readdirSync(cwd.join('whole', 'bits-8')).sort(),
    );
  }, 120_000);
});

describe('a process that trains on images and texts', () => {
  const trainTwdh = (folder: string) => [
    ...['train', '--method', 'twdh', '--bits', '4', '--workers', '0', '--no-report', '--run', folder],
    ...[
      ...['dataset.options.size=16', 'dataset.options.train=12', 'dataset.options.query=6'],
      ...['dataset.options.database=12', 'dataset.options.classes=3', 'backbone.options.depth=1'],
      ...['backbone.options.size=16', 'backbone.options.patch=8', 'backbone.options.width=8'],
      ...['backbone.options.heads=1', 'backbone.options.textWidth=8', 'backbone.options.textHeads=1'],
      ...['backbone.options.textDepth=1', 'backbone.options.words=64', 'epochs=4', 'batchSize=4'],
      ...['longBits=16', 'attentionHeads=2', 'transformEpochs=5', 'tokens=8'],
    ].flatMap((set) => ['--set', set]),
  ];
  const outcomeOf = (folder: string) => {
    const [trained] = readdirSync(cwd.join(folder)).filter((name) => name.startsWith('long-'));
    const files = ['model.safetensors', 'results.json', 'codes/query-text.npy', 'codes/16/query-image.npy'];
    return [...files.map((file) => join('bits-4', file)), join(trained!, 'metrics.jsonl')].map((file) =>
      readFileSync(cwd.join(folder, file)).toString('hex'),
    );
  };

  it('may be killed, and then goes on to the same bits, of long codes and of short ones', async () => {
    expect(await run(trainTwdh('pairs'))).toMatchObject({ code: 0 });
    expect(await run(trainTwdh('killed-pairs'), 'SIGKILL', '\n4 bits  epoch 3/4')).toMatchObject({
      code: null,
      signal: 'SIGKILL',
    });
    expect(await run(['train', '--resume', 'killed-pairs'])).toMatchObject({ code: 0 });
    expect(outcomeOf('killed-pairs')).toEqual(outcomeOf('pairs'));
  }, 120_000);
});
