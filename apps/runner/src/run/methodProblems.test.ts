import { describe, expect, it } from '@jest/globals';
import { wch } from '@hash/wch';
import { METHODS } from '../methods.js';
import { methodProblems, trainerProblems } from './methodProblems.js';

describe('methodProblems', () => {
  it.each(METHODS.map((method) => [method.name, method]))('finds none in %s', (_, method) =>
    expect(methodProblems(method)).toEqual([]),
  );

  it.each([
    [{ recipes: {} }, 'recipes: expected a recipe at least, but got {}'],
    [{ paper: undefined }, 'paper: expected object, but got nothing'],
    [{ name: '' }, "name: expected letters, digits, dots, dashes and underscores, but got ''"],
    [{ modalities: [] }, 'modalities: Too small: expected array to have >=1 items, but got []'],
  ])('names %j', (change, problem) => expect(methodProblems({ ...wch, ...change })).toEqual([problem]));

  it('takes what is no object', () =>
    expect(methodProblems(null)).toEqual(['expected object, but got null']));
});

describe('trainerProblems', () => {
  const trainer = { fit() {}, encode() {}, save() {}, load() {}, dispose() {} };
  it.each([
    [trainer, []],
    [undefined, ['expected a trainer, but got nothing']],
    [
      { ...trainer, save: 3, load: undefined },
      ['save: expected a function, but got 3', 'load: expected a function, but got nothing'],
    ],
  ])('of %j', (value, problems) => expect(trainerProblems(value)).toEqual(problems));
});
