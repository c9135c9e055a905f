import { expect, it } from '@jest/globals';
import { tf } from '../tf.js';
import { sgd } from './sgd.js';

it('adds weight decay to the gradient before the momentum (worked by hand)', () => {
  const w = tf.variable(tf.tensor1d([1]));
  const group = { parameters: new Map([['w', w]]), learningRate: 0.01, weightDecay: 5e-4 };
  const optimizer = sgd([group], { momentum: 0.9 });
  const expected = [
    [0.5, 0.5005, 0.994995],
    [-0.25, 0.2009474975, 0.992985525025],
    [0.1, 0.281349240513, 0.99017203262],
  ] as const;
  for (const [gradient, velocity, value] of expected) {
    optimizer.step(new Map([['w', tf.tensor1d([gradient])]]), [0.01]);
    expect(optimizer.state().get('velocity/w')!.dataSync()[0]).toBeCloseTo(velocity, 6);
    expect(w.dataSync()[0]).toBeCloseTo(value, 6);
  }
});
