import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { stageCharts } from './charts/trainingCharts.js';
import { writeFakeRun } from './fakeRun.testing.js';
import { readRecord } from './readRecord.js';

it('reads what was trained before all lengths, and charts its loss', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'record-'));
  try {
    await writeFakeRun(folder, { method: 'shc', bits: [16] });
    await mkdir(join(folder, 'classifier-0123abcd'));
    const line = JSON.stringify({ type: 'epoch', epoch: 0, epochs: 1, terms: { loss: 2 } });
    await writeFile(join(folder, 'classifier-0123abcd', 'metrics.jsonl'), line);
    const { stages } = await readRecord(folder, folder);
    expect(stages).toEqual([
      { name: 'classifier', history: { epochs: [{ epoch: 0, terms: { loss: 2 } }], evaluations: [] } },
    ]);
    expect(stages.flatMap(stageCharts).map(({ name }) => name)).toEqual(['classifier-loss-loss']);
  } finally {
    await rm(folder, { recursive: true });
  }
});
