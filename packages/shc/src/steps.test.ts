import { expect, it } from '@jest/globals';
import { runSteps, runStepsInTurns, type SearchProgress, type Steps } from './steps.js';

function* count(n: number): Steps<number> {
  for (let round = 0; round < n; round++) yield { phase: 'cycle', round };
  return n;
}

it('run to the end, at once or in turns', async () => {
  expect(runSteps(count(3))).toBe(3);
  const seen: SearchProgress[] = [];
  await expect(runStepsInTurns(count(2), { onStep: (step) => seen.push(step) })).resolves.toBe(2);
  expect(seen).toEqual([
    { phase: 'cycle', round: 0 },
    { phase: 'cycle', round: 1 },
  ]);
});

it('let others have their turn, and stop when a signal fires', async () => {
  const abort = new AbortController();
  setTimeout(() => abort.abort(new Error('enough')), 5);
  await expect(runStepsInTurns(count(1e9), { signal: abort.signal })).rejects.toThrow('enough');
});
