import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { styleFor } from './style.js';

const terminal = Object.assign(new PassThrough(), { isTTY: true });

describe('styleFor', () => {
  it('colours on a terminal', () =>
    expect(styleFor(terminal, { TERM: 'xterm' }).red('x')).toBe('\u001b[31mx\u001b[39m'));

  it.each([
    ['elsewhere', new PassThrough(), {}],
    ['under NO_COLOR', terminal, { NO_COLOR: '1' }],
    ['on a dumb terminal', terminal, { TERM: 'dumb' }],
  ])('does not %s', (_, stream, env) => expect(styleFor(stream, env).bold('x')).toBe('x'));

  it('takes an empty NO_COLOR as unset', () =>
    expect(styleFor(terminal, { NO_COLOR: '' }).dim('x')).toBe('\u001b[2mx\u001b[22m'));
});
