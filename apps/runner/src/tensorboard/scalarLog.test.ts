import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { TrainEvent } from '@hash/core';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { scalarLog } from './scalarLog.js';

const folder = temporaryFolder(beforeEach, afterEach);

const events: TrainEvent[] = [
  { type: 'start', epoch: 0, epochs: 2, stepsPerEpoch: 2 },
  ...[0, 1, 2, 3].map((at): TrainEvent => ({
    type: 'step',
    epoch: at >> 1,
    step: at & 1,
    stepsPerEpoch: 2,
    batchSize: 4,
    terms: { pull: 1 / (at + 1), loss: 2 / (at + 1) },
    learningRate: 0.5 ** at,
  })),
  {
    type: 'evaluation',
    epoch: 1,
    metrics: [{ name: 'image→text mAP@all', definition: 'hits', value: 0.75 }],
  },
  { type: 'end', epoch: 1, interrupted: false },
];

it("scalarLog writes TensorBoard's own bytes", () => {
  let milliseconds = 1_700_000_000_000;
  const log = scalarLog(folder.path, () => new Date((milliseconds += 250)));
  events.forEach(log.onEvent);
  log.close();
  expect(readdirSync(folder.path)).toEqual(['events.out.tfevents.1700000000.250.hash-runner']);
  const written = readFileSync(folder.join('events.out.tfevents.1700000000.250.hash-runner'));
  const expected = readFileSync(new URL('../../fixtures/scalars.tfevents', import.meta.url));
  expect(written.toString('hex')).toBe(expected.toString('hex'));
});

it('scalarLog gives a stage a folder of its own, and a session a file of its own', () => {
  let milliseconds = 0;
  const log = scalarLog(folder.path, () => new Date((milliseconds += 1)));
  log.onEvent({ type: 'start', epoch: 0, epochs: 1, stepsPerEpoch: 1, stage: 'classifier' });
  log.onEvent({ type: 'start', epoch: 0, epochs: 1, stepsPerEpoch: 1 });
  log.onEvent({ type: 'start', epoch: 1, epochs: 1, stepsPerEpoch: 1 });
  log.close();
  expect(readdirSync(folder.path).sort()).toEqual([
    'classifier',
    'events.out.tfevents.0.003.hash-runner',
    'events.out.tfevents.0.005.hash-runner',
  ]);
});
