import { describe, expect, it } from '@jest/globals';
import { PickleGlobal, PickleObject, type PickleHost } from './pickleMachine.js';
import { unpickle } from './unpickle.js';

const host: PickleHost = {
  resolve: (module, name) => {
    if (module === 'known')
      return new PickleGlobal(name, {
        isClass: name === 'Class',
        ...(name === 'call' && { call: (args: readonly unknown[]) => ['called', ...args] }),
      });
    return undefined;
  },
  persistent: (id) => ({ id }),
};

/** Protocol 2, the instructions, and the end. */
function read(...parts: readonly (string | number | Buffer)[]): unknown {
  return unpickle(pickle(...parts), 0, host, 'x.pkl').value;
}
function pickle(...parts: readonly (string | number | Buffer)[]): Buffer {
  const bytes = parts.map((part) =>
    typeof part === 'number' ? Buffer.of(part) : Buffer.from(part as string, 'latin1'),
  );
  return Buffer.concat([Buffer.of(0x80, 2), ...bytes, Buffer.from('.')]);
}

describe('unpickle', () => {
  it.each([
    ['None', ['N'], null],
    ['booleans', ['(', 0x88, 0x89, 't'], [true, false]],
    ['small integers', ['(', 'K\xff', 'M\xff\xff', 'J\xfe\xff\xff\xff', 't'], [255, 65535, -2]],
    [
      'long integers',
      ['(', 0x8a, '\x00', 0x8a, '\x01\x80', 0x8a, `\x09${'\xff'.repeat(8)}\x00`, 't'],
      [0, -128, 2n ** 64n - 1n],
    ],
    ['floats', ['G\x3f\xf8\0\0\0\0\0\0'], 1.5],
    [
      'texts',
      ['(', 'X\x02\0\0\0\xc3\xa9', 0x8c, '\x01a', 'U\x01\xe9', 'T\x01\0\0\0b', 't'],
      ['é', 'a', 'é', 'b'],
    ],
    ['tuples', ['K\x01', 0x85, 'K\x02', 0x86, 'K\x03', 'K\x04', 0x87], [[[1], 2], 3, 4]],
    ['lists', [']', 'K\x01', 'a', '(', 'K\x02', 'K\x03', 'e'], [1, 2, 3]],
    ['dicts', ['}', 'K\x01', 'K\x02', 's', '(', 'K\x03', 'N', 'u'], new Map([[1, 2], [3, null]])], // prettier-ignore
    ['the memo', ['(', 'K\x07', 'q\x00', 'h\x00', 'r\x00\x01\x00\x00', 'j\x00\x01\x00\x00', 't'], [7, 7, 7]],
    ['the memo of protocol 4', ['(', 'K\x07', 0x94, 'h\x00', 't'], [7, 7]],
    ['persistent ids', ['K\x05', 'Q'], { id: 5 }],
    ['allowed calls', ['cknown\ncall\n', 'K\x01', 0x85, 'R'], ['called', 1]],
    [
      'allowed calls by names on the stack',
      [0x8c, '\x05known', 0x8c, '\x04call', 0x93, ')', 'R'],
      ['called'],
    ],
    ['attributes of dicts, which are left out', ['}', 'N', 'b'], new Map()],
    [
      'attributes of objects',
      ['cknown\nClass\n', ')', 0x81, '}', 'K\x01', 'N', 's', 'b'],
      Object.assign(new PickleObject(), { attributes: new Map([[1, null]]) }),
    ],
    ['frames', [0x95, '\x02\0\0\0\0\0\0\0', 'N'], null],
  ])('reads %s', (_, parts, value) => expect(read(...parts)).toEqual(value));

  it('says where it ends, for what follows', () => {
    const bytes = Buffer.concat([pickle('K\x01'), pickle('K\x02')]);
    const first = unpickle(bytes, 0, host, 'x');
    expect(first).toEqual({ value: 1, end: 5 });
    expect(unpickle(bytes, first.end, host, 'x')).toEqual({ value: 2, end: 10 });
  });

  it.each([
    ['a call of another function', ['cos\nsystem\n'], 2, 'refused: the pickle asks for "os.system"'],
    ['a call of what is no function', ['cknown\nname\n', ')', 'R'], 15, 'refused: the pickle calls name'],
    ['a call of a text', ['U\x01a', ')', 'R'], 6, 'refused: the pickle calls "a"'],
    [
      'a global whose name is no text',
      ['N', 'N', 0x93],
      4,
      'expected the name of a global, but found null, null',
    ],
    [
      'an object of what is no class',
      ['cknown\nname\n', ')', 0x81],
      15,
      'refused: the pickle makes an object of name',
    ],
    [
      'an object made of arguments',
      ['cknown\nClass\n', 'N', 0x85, 0x81],
      17,
      'refused: the pickle makes an object of Class',
    ],
    ['a call of a class', ['cknown\nClass\n', ')', 'R'], 16, 'refused: the pickle calls Class'],
    [
      'an object whose state is no dict',
      ['cknown\nClass\n', ')', 0x81, 'N', 'b'],
      18,
      'refused: the pickle sets attributes of an object',
    ],
    ['text integers of protocol 0', ['I1\n'], 2, 'refused: unknown instruction 0x49'],
    ['protocol 5', [0x80, 5], 2, 'expected protocol 2, 3 or 4, but found 5'],
    ['an empty stack', [], 2, 'expected 1 values on the stack, but found 0'],
    ['values below a mark', ['N', '(', 'N', 0x86], 5, 'expected 2 values on the stack, but found 1'],
    ['no mark', ['N', 't'], 3, 'expected a mark on the stack, but found none'],
    ['an odd number of items', ['}', '(', 'N', 'u'], 5, 'expected keys and values in pairs, but found 1'],
    ['items of a list', [']', 'N', 'N', 's'], 5, 'expected a dict to fill, but found a list or tuple'],
    ['an item of a dict', ['}', 'N', 'a'], 4, 'expected a list to append to, but found a dict'],
    ['attributes of a list', [']', 'N', 'b'], 4, 'refused: the pickle sets attributes of a list or tuple'],
    ['an empty slot of the memo', ['h\x03'], 2, 'expected a value in slot 3 of the memo, but found none'],
    ['a text of 4 GB', ['X\xff\xff\xff\xffabc'], 2, 'truncated: expected 4294967295 more bytes, but found 4'],
    ['a global without an end', ['cknown'], 2, 'expected a line, but found no end of it'],
  ])('refuses %s', (_, parts, at, message) => {
    expect(() => read(...parts)).toThrow(`x.pkl: byte ${at}: ${message}.`);
  });

  it('refuses a flood of marks, memo gets and nested lists', () => {
    const flood = 'expected at most 100000 values on the stack, but found more.';
    expect(() => read('N', 'q\x00', 'h\x00'.repeat(1e6))).toThrow(flood);
    expect(() => read(']'.repeat(1e6))).toThrow(flood);
    expect(() => read('('.repeat(1e6))).toThrow(`expected at most 100000 marks, but found more.`);
  });

  it('reads deep nesting and cycles without recursion', () => {
    let value = read(')', Buffer.alloc(90_000, 0x85));
    for (let depth = 0; depth < 90_000; depth++) value = (value as unknown[])[0];
    expect(value).toEqual([]);
    const cycle = read(']', 'q\x00', 'h\x00', 'a') as unknown[];
    expect(cycle[0]).toBe(cycle);
  });
});
