import { PassThrough } from 'node:stream';
import { expect, it } from '@jest/globals';
import { processSurroundings } from '../surroundings.js';
import { listenForStop } from './stopSignal.js';

it('listenForStop aborts at first and exits at last', () => {
  let press = () => {};
  const done: string[] = [];
  const stderr = new PassThrough();
  const around = {
    ...processSurroundings(),
    stderr,
    onStop: (listener: () => void) => {
      press = listener;
      return () => void done.push('released');
    },
    exit: (code: number) => {
      done.push(`exit ${code}`);
      throw new Error('exit');
    },
  };
  const { signal, release } = listenForStop(around, () => done.push('tidied'));
  expect(signal.aborted).toBe(false);
  press();
  expect(signal.aborted).toBe(true);
  expect(String(stderr.read())).toBe(
    '\nStopping after the step under way. Press Ctrl-C again to stop at once.\n',
  );
  expect(done).toEqual([]);
  expect(press).toThrow('exit');
  release();
  expect(done).toEqual(['tidied', 'exit 130', 'released']);
});
