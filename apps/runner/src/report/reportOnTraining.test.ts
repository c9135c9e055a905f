import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, it } from '@jest/globals';
import { processSurroundings } from '../surroundings.js';
import { reportOnTraining } from './reportOnTraining.js';

it('reportOnTraining tells of a report that fails, and goes on', async () => {
  const cwd = mkdtempSync(`${tmpdir()}/failing-`);
  try {
    const said: string[] = [];
    await reportOnTraining('run', { ...processSurroundings(), cwd }, {}, (line) => said.push(line));
    expect(said).toEqual([
      `warning: the report could not be made: ${cwd}/run is no run folder: it has no config.json. ` +
        'The results stand; hash-runner report run tries again.',
    ]);
  } finally {
    rmSync(cwd, { recursive: true });
  }
});
