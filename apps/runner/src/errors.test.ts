import { describe, expect, it } from '@jest/globals';
import { describeError, exitCodeOf, InterruptedError, UsageError } from './errors.js';

describe('exitCodeOf', () => {
  it.each([
    [new UsageError('x'), 2],
    [new InterruptedError('x'), 130],
    [new Error('x'), 1],
    ['x', 1],
  ])('of %p is %p', (error, code) => expect(exitCodeOf(error)).toBe(code));
});

describe('describeError', () => {
  const systemError = (code: string, path?: string) =>
    Object.assign(new Error(`${code}: words of the system`), { code, path });

  it.each([
    [
      systemError('ENOSPC', '/runs/a'),
      'The disk is full (/runs/a). Free some space; what was written before is whole.',
    ],
    [systemError('ENOSPC'), 'The disk is full. Free some space; what was written before is whole.'],
    [systemError('EACCES', '/runs'), 'Permission denied (/runs).'],
    [systemError('EROFS'), 'Permission denied.'],
    [systemError('ENOENT', '/x'), 'There is no file or folder /x.'],
    [systemError('EIO', '/x'), 'EIO: words of the system'],
    [new Error('plain words'), 'plain words'],
    [undefined, 'undefined'],
  ])('says %p in words', (error, text) => expect(describeError(error)).toBe(text));
});
