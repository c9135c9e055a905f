import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { processSurroundings } from '../surroundings.js';
import { reportOnTraining } from './reportOnTraining.js';

const cwd = temporaryFolder(beforeEach, afterEach);

it('reportOnTraining tells of a report that fails, and goes on', async () => {
  const said: string[] = [];
  await reportOnTraining('run', { ...processSurroundings(), cwd: cwd.path }, {}, (line) => said.push(line));
  expect(said).toEqual([
    `warning: the report could not be made: ${cwd.path}/run is no run folder: it has no config.json. ` +
      'The results stand; hash-runner report run tries again.',
  ]);
});
