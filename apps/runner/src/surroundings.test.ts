import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataFolder, processSurroundings } from './surroundings.js';

let checkout: string;
beforeAll(() => {
  checkout = mkdtempSync(join(tmpdir(), 'surroundings-'));
  mkdirSync(join(checkout, 'packages', 'wch'), { recursive: true });
  writeFileSync(join(checkout, 'package.json'), '{ "name": "@hash/root" }');
  writeFileSync(join(checkout, 'packages', 'package.json'), 'no JSON');
  writeFileSync(join(checkout, 'packages', 'wch', 'package.json'), 'null');
});
afterAll(() => rmSync(checkout, { recursive: true }));

const at = (cwd: string, env: Record<string, string> = {}) => ({ ...processSurroundings(), cwd, env });

describe('dataFolder', () => {
  it('is the one asked for, from here', () =>
    expect(dataFolder(at('/a/b', { HASH_DATA: '/c' }), '../d')).toBe('/a/d'));
  it('is else that of HASH_DATA', () => expect(dataFolder(at('/a/b', { HASH_DATA: 'c' }))).toBe('/a/b/c'));
  it('is else in the checkout around', () => {
    expect(dataFolder(at(join(checkout, 'packages', 'wch')))).toBe(join(checkout, 'datasets'));
    expect(dataFolder(at(checkout, { HASH_DATA: '' }))).toBe(join(checkout, 'datasets'));
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
