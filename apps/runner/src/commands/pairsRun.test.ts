import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Metric, Results } from '@hash/core';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { runLine } from '../runLine.testing.js';

// A run as users of the cross-modal code bases make it: settings in a file, a folder to save to, the four mAPs of each epoch.
const CONFIG = `
method: twdh
seed: 1814
bits: 4
select: queries
dataset:
  name: shapes
  options: { size: 16, train: 12, query: 6, database: 12, classes: 3 }
backbone:
  options: { size: 16, patch: 8, width: 8, depth: 1, heads: 1, textWidth: 8, textHeads: 1, textDepth: 1, words: 64 }
config: { epochs: 3, batchSize: 4, longBits: 16, attentionHeads: 2, learningRate: 0.01, transformEpochs: 5, tokens: 8 }
evaluation: { every: 1, precisionAt: [] }
`;

const DIRECTIONS = ['image→text', 'text→image', 'image→image', 'text→text'];

const folder = temporaryFolder(beforeAll, afterAll);
let trained: Awaited<ReturnType<typeof runLine>>;
let run: string;
beforeAll(async () => {
  writeFileSync(folder.join('twdh.yaml'), CONFIG);
  trained = await runLine(folder.path, 'train --config twdh.yaml --save-dir result/TwDH --workers 0');
  run = join('result', 'TwDH', readdirSync(folder.join('result', 'TwDH'))[0]!);
}, 120_000);

const read = (...path: string[]): unknown => JSON.parse(readFileSync(folder.join(run, ...path), 'utf8'));

describe('a run of a method of images and texts', () => {
  it('goes to a folder that is named for the time, with the settings of the file', () => {
    expect(trained.code).toBe(0);
    expect(run).toMatch(/result.TwDH.\d{8}-\d{6}-twdh-shapes$/);
    expect(read('config.json')).toMatchObject({
      plan: { seed: 1814, select: 'queries', config: { epochs: 3 } },
    });
  });

  it('tells loss terms by name, and in each epoch the four mAPs of both lengths with the best so far', () => {
    const lines = trained.stderr.split('\n').filter((line) => line.startsWith('4 bits  epoch'));
    expect(lines[0]).toMatch(
      /epoch 1\/3 {2}loss [\d.]+ \(imageCenters [\d.]+, textCenters [\d.]+, quantisation [\d.]+\)/,
    );
    const evaluations = lines.filter((line) => line.includes('mAP'));
    expect(evaluations).toHaveLength(3);
    for (const line of evaluations)
      for (const direction of DIRECTIONS)
        for (const name of [`  ${direction} mAP@all`, `16 bits ${direction} mAP@all`])
          expect(line).toContain(name);
    expect(evaluations[2]).toMatch(/mAP@all \(hits, stable\) 0\.\d{4} \(best 0\.\d{4}, epoch [12]\)/);
  });

  it('says that it selected on the queries', () =>
    expect(trained.stdout).toContain('selected on the queries: comparable with the paper, optimistic'));

  it('has results and curves of short codes and of long ones', () => {
    const { metrics, baselines, seed } = read('bits-4', 'results.json') as Results;
    const names = [...DIRECTIONS, ...DIRECTIONS.map((direction) => `16 bits ${direction}`)];
    expect(seed).toBe(1814);
    for (const list of [metrics, baselines.untrained, baselines.randomCodes])
      expect(list.map(({ name }) => name)).toEqual(names.map((name) => `${name} mAP@all`));
    const curves = read('bits-4', 'curves.json') as Record<
      'rank' | 'radius',
      { name: string; at: number[] }[]
    >;
    expect(curves.rank.map(({ name }) => name)).toEqual(
      names.map((name) => `${name} precision-recall by rank`),
    );
    expect(curves.rank[0]!.at).toEqual([1, 2, 5, 10, 12]);
    expect(curves.radius[0]!.at).toEqual([0, 1, 2, 3, 4]);
  });

  it('can be tested again: its model makes the codes that it saved', async () => {
    const metricsOf = async (line: string) => {
      const { code, stdout } = await runLine(folder.path, line);
      expect(code).toBe(0);
      return (JSON.parse(stdout) as { metrics: Metric[] }[])[0]!.metrics;
    };
    const saved = await metricsOf(`evaluate ${run} --json`);
    expect(saved).toHaveLength(8);
    expect(await metricsOf(`evaluate ${run} --encode --workers 0 --json`)).toEqual(saved);
    const { code, stderr } = await runLine(folder.path, 'evaluate --codes a.mat --encode');
    expect([code, stderr]).toEqual([2, 'error: --encode goes with a run, not with --codes.\n']);
  }, 60_000);

  it('a CLIP file that is missing ends the run with an error, and not with the status 0', async () => {
    const { code, stderr } = await runLine(folder.path, 'train --config twdh.yaml --set backbone.weights=ViT-B-32.pt --run x'); // prettier-ignore
    expect(code).toBe(1);
    expect(stderr).toContain(
      `no weights of clip-mini at ${folder.join('datasets', 'weights', 'ViT-B-32.pt')}.`,
    );
  });

  it('does not take up with other settings', async () => {
    const { code, stderr } = await runLine(folder.path, `train --resume ${run} --config twdh.yaml`);
    expect(code).toBe(2);
    expect(stderr).toContain("option '--resume <folder>' cannot be used with option '--config <file>'");
  });
});
