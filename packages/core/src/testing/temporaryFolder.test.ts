import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from './temporaryFolder.js';

describe('temporaryFolder', () => {
  const each = temporaryFolder(beforeEach, afterEach);
  const all = temporaryFolder(beforeAll, afterAll);
  const seen: string[] = [];

  it.each(['a', 'b'])('is there and empty, or as the test before has left it: %s', (name) => {
    expect(readdirSync(each.path)).toEqual([]);
    expect(readdirSync(all.path)).toEqual(name === 'a' ? [] : ['a']);
    for (const folder of [each, all]) writeFileSync(folder.join(name), '');
    expect(each.join('b', 'c')).toBe(join(each.path, 'b', 'c'));
    seen.push(each.path);
  });

  it('is removed after its test', () => {
    expect(new Set([...seen, each.path, all.path]).size).toBe(4);
    expect(seen.map(existsSync)).toEqual([false, false]);
  });

  it('may be removed by its test', () => rmSync(each.path, { recursive: true }));

  it('is not to be had outside of tests', () => {
    const hooks: (() => void)[] = [];
    const folder = temporaryFolder(
      (work) => hooks.push(work),
      (work) => hooks.push(work),
    );
    const expectNone = () => {
      for (const read of [() => folder.path, () => folder.join('a')])
        expect(read).toThrow('temporaryFolder: expected a test to run, but none does.');
    };
    expectNone();
    hooks[0]!();
    expect(dirname(folder.join('a'))).toBe(folder.path);
    hooks[1]!();
    expectNone();
  });
});
