import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import type { TrainEvent } from '@hash/core';
import type { Output } from '../surroundings.js';
import { showProgress } from './progress.js';

/** Two epochs of two steps of 32 samples, from the second step on; a step takes `pace` seconds. */
function play(stream: Output, pace: number): void {
  let time = 100;
  const { onEvent, stop } = showProgress(stream, '16 bits', () => time);
  const step = (epoch: number, of: number): TrainEvent => ({
    type: 'step',
    epoch,
    step: of,
    stepsPerEpoch: 2,
    batchSize: 32,
    terms: { contrastive: 1.5, balance: 0.00005, loss: 1.50005 },
    learningRate: 0.1,
  });
  const events: TrainEvent[] = [
    { type: 'start', epoch: 0, epochs: 2, stepsPerEpoch: 2 },
    step(0, 1),
    { type: 'epoch', epoch: 0, epochs: 2, terms: { loss: 2 } },
    { type: 'evaluation', epoch: 0, metrics: [{ name: 'mAP@all', definition: 'hits, stable', value: 0.25 }] },
    step(1, 0),
    step(1, 1),
    { type: 'epoch', epoch: 1, epochs: 2, terms: { loss: -12345 } },
    { type: 'end', epoch: 1, interrupted: false },
  ];
  for (const event of events) {
    if (event.type === 'step') time += pace;
    onEvent(event);
  }
  stop();
}

function written(stream: PassThrough): string {
  return (stream.read() as Buffer | null)?.toString() ?? '';
}

describe('showProgress', () => {
  it('writes a line for each epoch where there is no terminal', () => {
    const stream = new PassThrough();
    play(stream, 2);
    expect(written(stream).split('\n')).toEqual([
      '16 bits  epoch 1/2  loss 2.0000',
      '16 bits  epoch 1/2  mAP@all (hits, stable) 0.2500',
      '16 bits  epoch 2/2  loss -1.23e+4  16 samples/s  0 s left',
      '',
    ]);
  });

  it('names the stage of a method that trains several networks, and takes its pace anew', () => {
    const stream = new PassThrough();
    let time = 0;
    const { onEvent } = showProgress(stream, '16 bits', () => (time += 0.5));
    for (const stage of ['classifier', 'hashing']) {
      onEvent({ type: 'start', epoch: 0, epochs: 1, stepsPerEpoch: 1, stage });
      onEvent({ type: 'epoch', epoch: 0, epochs: 1, terms: { loss: 2 } });
    }
    expect(written(stream)).toBe(
      '16 bits  classifier  epoch 1/1  loss 2.0000\n16 bits  hashing  epoch 1/1  loss 2.0000\n',
    );
  });

  it('writes more lines in a slow epoch', () => {
    const stream = new PassThrough();
    play(stream, 70);
    expect(written(stream).split('\n').slice(0, 4)).toEqual([
      '16 bits  epoch 1/2  step 2/2  loss 1.5001 (contrastive 1.5000, balance 5.00e-5)',
      '16 bits  epoch 1/2  loss 2.0000',
      '16 bits  epoch 1/2  mAP@all (hits, stable) 0.2500',
      '16 bits  epoch 2/2  step 1/2  loss 1.5001 (contrastive 1.5000, balance 5.00e-5)  0.5 samples/s  1 min 10 s left',
    ]);
  });

  it('draws a bar on a terminal, within its width, and clears it', () => {
    const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 60 });
    play(stream, 2);
    const text = written(stream);
    // eslint-disable-next-line no-control-regex -- what is looked for are control sequences
    const drawn = text.split(/\u001b\[[0-9;?]*[a-zA-Z]|\u001b[78]|[\r\n]/);
    expect(drawn).toContain(`16 bits  epoch 1/2  ${'╌'.repeat(16)}`);
    expect(drawn).toContain('16 bits  epoch 1/2  mAP@all (hits, stable) 0.2500');
    expect(drawn).toContain(`16 bits  epoch 2/2  ${'━'.repeat(16)}  16 samples/s  0 s lef`);
    expect(Math.max(...drawn.map(({ length }) => length))).toBeLessThan(60);
    expect(text.endsWith('\u001b[2K16 bits  epoch 2/2  loss -1.23e+4\n')).toBe(true);
  });
});
