import { describe, expect, it } from '@jest/globals';
import { didYouMean, nearest } from './suggest.js';

const KEYS = ['config.epochs', 'config.batchSize', 'evaluation.every', 'bits'];

describe('nearest', () => {
  it.each([
    ['epoch', ['config.epochs']],
    ['config.epoch', ['config.epochs']],
    ['BATCHSIZE', ['config.batchSize']],
    ['bist', ['bits']],
    ['bit', ['bits']],
    ['nits', ['bits']],
    ['learningRate', []],
    ['', []],
  ])('of %p', (word, expected) => expect(nearest(word, KEYS)).toEqual(expected));

  it('takes a swap of neighbours before a wrong letter', () => {
    expect(nearest('whc', ['shc', 'wch'])).toEqual(['wch', 'shc']);
    expect(nearest('nhs', ['dhs', 'nsh', 'dsph'])[0]).toBe('nsh');
  });

  it('gives three at most, the nearest first', () =>
    expect(nearest('aaaa', ['aaab', 'aaaa', 'baaa', 'aaba', 'zzzz'])).toEqual(['aaaa', 'aaab', 'baaa']));
});

describe('didYouMean', () => {
  it('asks', () => {
    expect(didYouMean('epoch', KEYS)).toBe(" Did you mean 'config.epochs'?");
    expect(didYouMean('aa', ['aa1', 'aa2'])).toBe(" Did you mean 'aa1' or 'aa2'?");
  });
  it('says nothing without a near name', () => expect(didYouMean('zebra', KEYS)).toBe(''));
});
