import { mkdir, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { stageCharts } from './charts/trainingCharts.js';
import { writeFakeRun } from './fakeRun.testing.js';
import { readRecord } from './readRecord.js';

const folder = temporaryFolder(beforeEach, afterEach);

it('reads what was trained before all lengths, and charts its loss', async () => {
  await writeFakeRun(folder.path, { method: 'shc', bits: [16] });
  await mkdir(folder.join('classifier-0123abcd'));
  const line = JSON.stringify({ type: 'epoch', epoch: 0, epochs: 1, terms: { loss: 2 } });
  await writeFile(folder.join('classifier-0123abcd', 'metrics.jsonl'), line);
  const { stages } = await readRecord(folder.path, folder.path);
  expect(stages).toEqual([
    { name: 'classifier', history: { epochs: [{ epoch: 0, terms: { loss: 2 } }], evaluations: [] } },
  ]);
  expect(stages.flatMap(stageCharts).map(({ name }) => name)).toEqual(['classifier-loss-loss']);
});
