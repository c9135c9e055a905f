import { expect, it } from '@jest/globals';
import { formatDuration } from './formatDuration.js';

it.each([
  [0, '0 s'],
  [0.6, '1 s'],
  [59.4, '59 s'],
  [59.6, '1 min 00 s'],
  [125, '2 min 05 s'],
  [3600, '1 h 00 min'],
  [7 * 3600 + 59, '7 h 00 min'],
])('formatDuration(%p) is %p', (seconds, text) => expect(formatDuration(seconds)).toBe(text));
