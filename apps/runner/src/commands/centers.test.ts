import { readdirSync, readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readNpy, writeNpy } from '@hash/core/files';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { runProgram } from '../program.js';
import { processSurroundings } from '../surroundings.js';

const cwd = temporaryFolder(beforeEach, afterEach);

async function run(line: string) {
  const streams = { stdout: new PassThrough(), stderr: new PassThrough() };
  const code = await runProgram(line.split(' '), {
    ...processSurroundings(),
    ...streams,
    cwd: cwd.path,
    env: {},
  });
  const text = (stream: PassThrough) => (stream.read() as Buffer | null)?.toString() ?? '';
  return { code, stdout: text(streams.stdout), stderr: text(streams.stderr) };
}

describe('centers', () => {
  it('makes centres, writes them, and looks into the file', async () => {
    const { code, stdout, stderr } = await run('centers --classes 20 --bits 16 --out c.npy');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^least distance asked for: 6\n\n {2,}first centres +centres\nclasses +20 +20\n/);
    const { dtype, shape, data } = await readNpy(cwd.join('c.npy'));
    expect({ dtype, shape }).toEqual({ dtype: 'int8', shape: [20, 16] });
    expect([...(data as Int8Array)].every((value) => Math.abs(value) === 1)).toBe(true);
    const record = JSON.parse(readFileSync(cwd.join('c.json'), 'utf8')) as { end: object };
    expect(record).toMatchObject({ classes: 20, bits: 16, minDistance: 6, init: 'greedy', seed: 0 });
    const inspected = await run('centers c.npy --json');
    expect(JSON.parse(inspected.stdout)).toEqual({ end: record.end });
    expect((await run('centers c.npy')).stdout).toMatch(/\nleast distance +[6-8]\n/);
  });

  it('takes a similarity from a file, and a start, seed and distance', async () => {
    const data = Float32Array.of(1, 0.9, -1, 0.9, 1, -1, -1, -1, 1);
    await writeNpy(cwd.join('s.npy'), { dtype: 'float32', shape: [3, 3], data });
    const line = 'centers --similarity s.npy --bits 8 --init hadamard --min-distance 1 --descend --json';
    const { start, end } = JSON.parse((await run(line)).stdout) as Record<string, { loss: number }>;
    expect(end!.loss).toBeLessThan(start!.loss);
    expect(end).toMatchObject({ leastDistance: 1, greatestDistance: 8 });
  });

  it.each([
    ['centers', 2, 'error: centers: expected --bits, or a file to look into.\n'],
    ['centers --bits 8', 2, 'error: centers: expected --classes or --similarity.\n'],
    [
      'centers --bits 8 --classes 3 --out c.txt',
      2,
      "--out: expected a file that ends in .npy, but got 'c.txt'.\n",
    ],
    ['centers --bits 8 --classes 3 --init best', 2, 'Allowed choices are mds, greedy, hadamard.'],
    [
      'centers --bits 4 --classes 3',
      1,
      "at distances of at least 3, but init 'greedy' found only 2 of them.",
    ],
  ])('refuses "%s"', async (line, code, message) => {
    const ended = await run(line);
    expect(ended).toMatchObject({ code, stdout: '' });
    expect(ended.stderr).toContain(message);
    expect(readdirSync(cwd.path)).toEqual([]);
  });

  it('refuses files that hold something else, by name', async () => {
    await writeNpy(cwd.join('s.npy'), {
      dtype: 'int8',
      shape: [2, 3],
      data: Int8Array.of(1, 1, 1, 1, 0, 1),
    });
    expect((await run('centers s.npy')).stderr).toContain(
      's.npy: expected centres [classes, bits] of -1 and 1, but got 0 at element 4.',
    );
    expect((await run('centers --bits 8 --similarity s.npy')).stderr).toContain(
      's.npy: expected a similarity [classes, classes], but got [2, 3].',
    );
    await writeNpy(cwd.join('c.npy'), { dtype: 'int8', shape: [2, 2], data: Int8Array.of(1, 1, -1, 1) });
    expect((await run('centers c.npy --classes 3')).stderr).toContain(
      'c.npy has 2 classes, but 3 were named.',
    );
  });
});
