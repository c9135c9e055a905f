import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { dataFolder, processSurroundings } from './surroundings.js';

const checkout = temporaryFolder(beforeAll, afterAll);
beforeAll(() => {
  mkdirSync(checkout.join('packages', 'wch'), { recursive: true });
  writeFileSync(checkout.join('package.json'), '{ "name": "@hash/root" }');
  writeFileSync(checkout.join('packages', 'package.json'), 'no JSON');
  writeFileSync(checkout.join('packages', 'wch', 'package.json'), 'null');
});

const at = (cwd: string, env: Record<string, string> = {}) => ({ ...processSurroundings(), cwd, env });

describe('dataFolder', () => {
  it('is the one asked for, from here', () =>
    expect(dataFolder(at('/a/b', { HASH_DATA: '/c' }), '../d')).toBe('/a/d'));
  it('is else that of HASH_DATA', () => expect(dataFolder(at('/a/b', { HASH_DATA: 'c' }))).toBe('/a/b/c'));
  it('is else in the checkout around', () => {
    expect(dataFolder(at(checkout.join('packages', 'wch')))).toBe(checkout.join('datasets'));
    expect(dataFolder(at(checkout.path, { HASH_DATA: '' }))).toBe(checkout.join('datasets'));
  });
  it('is else here', () => expect(dataFolder(at('/nowhere/b'))).toBe('/nowhere/b/datasets'));
});

describe('processSurroundings', () => {
  it('hears of SIGINT and SIGTERM until it unsubscribes', () => {
    let heard = 0;
    const off = processSurroundings().onStop(() => heard++);
    process.emit('SIGINT');
    process.emit('SIGTERM');
    off();
    expect(heard).toBe(2);
    expect(process.listenerCount('SIGTERM')).toBe(0);
  });
});
