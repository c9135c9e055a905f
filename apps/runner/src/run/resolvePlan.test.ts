import { describe, expect, it } from '@jest/globals';
import type { Method } from '@hash/core';
import { z } from 'zod';
import { UsageError } from '../errors.js';
import { changePlan, configFor, planOfRecipe } from './resolvePlan.js';

const config = z.strictObject({
  bits: z.int().default(64),
  epochs: z.int().min(1).default(10),
  temperature: z.number().default(0.3),
  balance: z.union([z.number(), z.literal('auto')]).default('auto'),
  reference: z.enum(['column', 'row']).default('column'),
  augmentation: z.strictObject({ flip: z.number().max(1).default(0.5) }).prefault({}),
});

const recipe = {
  description: 'Quick.',
  dataset: { name: 'shapes', options: { size: 16 } },
  backbone: {
    name: 'vit-mini',
    options: {},
    weights: null,
    frozen: false,
    cachedViews: 4,
    frozenTokens: true,
  },
  bits: [16, 32],
  config: { epochs: 2 },
  evaluation: { mapAt: 'all' as const, precisionAt: [], every: 0 },
};

const method: Method<unknown> = {
  name: 'fake',
  paper: { title: 'T', venue: 'V', year: 2020, url: '' },
  modalities: ['image'],
  config,
  recipes: { quick: recipe, paper: { ...recipe, config: { epochs: 0 } } },
  createTrainer: () => Promise.reject(new Error('not here')),
};
const plan = planOfRecipe({ method, source: 'fake' }, 'quick');
const change = (...set: string[]) => changePlan(plan, { set }, method);

describe('planOfRecipe', () => {
  it("fills in the defaults of the method's settings, apart from the bit length", () =>
    expect(plan).toMatchObject({
      method: 'fake',
      recipe: 'quick',
      seed: 0,
      bits: [16, 32],
      config: {
        epochs: 2,
        temperature: 0.3,
        balance: 'auto',
        reference: 'column',
        augmentation: { flip: 0.5 },
      },
      select: 'last',
      validation: null,
    }));

  it('leaves the bit length to each model', () => {
    expect(plan.config).not.toHaveProperty('bits');
    expect(configFor(plan, method, 48)).toMatchObject({ bits: 48, epochs: 2 });
  });

  it('knows its recipes', () =>
    expect(() => planOfRecipe({ method, source: 'fake' }, 'quik')).toThrow(
      new UsageError("Unknown recipe 'quik' of fake. Did you mean 'quick'? Recipes: quick, paper."),
    ));

  it('refuses a recipe whose settings the method does not take', () =>
    expect(() => planOfRecipe({ method, source: 'fake' }, 'paper')).toThrow(
      'Settings of fake: config.epochs: Too small: expected number to be >=1.',
    ));
});

describe('changePlan', () => {
  it('takes what is given and leaves the rest', () => {
    expect(changePlan(plan, { set: [] }, method)).toEqual(plan);
    expect(
      changePlan(plan, { set: [], bits: [24], seed: 7, select: 'queries', validation: 9 }, method),
    ).toEqual({
      ...plan,
      bits: [24],
      seed: 7,
      select: 'queries',
      validation: 9,
    });
  });

  it('sets values of all groups, nested ones too', () =>
    expect(
      change(
        'epochs=3',
        'config.augmentation.flip=1',
        'dataset.options.size=32',
        'evaluation.mapAt=50',
        'balance=2',
      ),
    ).toMatchObject({
      config: { epochs: 3, augmentation: { flip: 1 }, balance: 2 },
      dataset: { name: 'shapes', options: { size: 32 } },
      evaluation: { mapAt: 50 },
    }));

  it('knows the options of data set and backbone, and their defaults', () => {
    expect(plan.backbone.options).toMatchObject({ size: 32, depth: 4 });
    expect(plan.dataset.options).toMatchObject({ size: 16, noise: expect.any(Number) });
    expect(change('backbone.options.depth=2').backbone.options).toMatchObject({ size: 32, depth: 2 });
  });

  it('takes the defaults of another data set or backbone, wherever it is named', () => {
    const other = change('backbone.options.depth=3', 'backbone.name=vit-s16', 'dataset.name=cifar10-1');
    expect(other.dataset).toEqual({ name: 'cifar10-1', options: {} });
    expect(other.backbone).toMatchObject({ name: 'vit-s16', options: { size: 224, width: 384, depth: 3 } });
    expect(change('dataset.name=shapes').dataset).toEqual(plan.dataset);
  });

  it('takes values that fit only together', () => {
    const { backbone } = change('backbone.options.size=30', 'backbone.options.patch=5');
    expect(backbone.options).toMatchObject({ size: 30, patch: 5 });
    expect(() => change('backbone.options.patch=5')).toThrow(
      new UsageError('Settings of fake: backbone.options: patch must divide size.'),
    );
  });

  it.each([
    ['epochs=0', '--set config.epochs: Too small: expected number to be >=1.'],
    ['epochs=1.5', '--set config.epochs: Invalid input: expected int, received number.'],
    ['reference=rwo', '--set config.reference: Invalid option: expected one of "column"|"row".'],
    ['augmentation.flip=2', '--set config.augmentation.flip: Too big: expected number to be <=1.'],
    ['bits=0', '--set bits: Too small: expected number to be >=1.'],
    ['bits=16,16', 'Bit lengths: expected each once, but got 16 twice.'],
    [
      'evaluation.mapAt=some',
      '--set evaluation.mapAt: Invalid input: expected number, received string, or Invalid input: expected "all".',
    ],
    [
      'dataset.options.size=big',
      '--set dataset.options.size: expected a number, as in dataset.options.size=16, but',
    ],
    ['backbone.options.dept=2', "unknown key 'backbone.options.dept'. Did you mean 'backbone.options.depth'"],
    ['description=x', "--set: unknown key 'description'."],
    ['config.bits=3', "--set: unknown key 'config.bits'."],
    ['dataset.name=shape', "Unknown data set 'shape'. Did you mean 'shapes'?"],
    ['backbone.name=vit', "Unknown backbone 'vit'."],
  ])('refuses %s', (set, message) => {
    expect(() => change(set)).toThrow(UsageError);
    expect(() => change(set)).toThrow(message);
  });
});
