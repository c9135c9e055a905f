import { expect, it } from '@jest/globals';
import { roundHalfToEven } from './roundHalfToEven.js';

it.each([
  [0, 0],
  [0.5, 0],
  [1.5, 2],
  [2.5, 2],
  [2.4999, 2],
  [2.5001, 3],
  [58.5, 58],
])('roundHalfToEven(%d) is %d, as round is in Python', (x, rounded) => {
  expect(roundHalfToEven(x)).toBe(rounded);
});
