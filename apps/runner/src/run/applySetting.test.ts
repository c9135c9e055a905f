import { describe, expect, it } from '@jest/globals';
import { applySetting } from './applySetting.js';

const settings = {
  dataset: { name: 'shapes', options: { size: 32, multiLabel: false } },
  backbone: { name: 'vit-mini', options: {}, weights: null },
  bits: [16, 32],
  config: { epochs: 40, learningRate: 0.001, weightReference: 'column', bitsOfLabels: 2, milestones: [] },
  evaluation: { mapAt: 'all', precisionAt: [1] },
};

const at = (tree: object, path: readonly string[]) =>
  path.reduce<unknown>((group, part) => (group as Record<string, unknown>)[part], tree);

/** Knows `mapAt` (a number or `all`) and `weights` (text or null); allows any other value of the type that was there. */
const check = (changed: object, path: readonly string[]) => {
  const key = path.join('.');
  const value = at(changed, path);
  if (key === 'evaluation.mapAt') return value === 'all' || typeof value === 'number' ? undefined : 'No mAP.';
  if (key === 'backbone.weights') return value === null || typeof value === 'string' ? undefined : 'No file.';
  const old = at(settings, path);
  if (key === 'config.epochs' && Number(value) < 1) return 'Too small.';
  return typeof value === typeof old ? undefined : 'Wrong type.';
};
const set = (setting: string) => applySetting(settings, setting, check);

describe('applySetting', () => {
  it('changes a value and leaves the rest, and what it was given, alone', () => {
    expect(set('config.epochs=3')).toEqual({ ...settings, config: { ...settings.config, epochs: 3 } });
    expect(settings.config.epochs).toBe(40);
  });

  it.each([
    ['epochs=3', { config: { epochs: 3 } }],
    ['learningRate=1e-4', { config: { learningRate: 1e-4 } }],
    ['weightReference=row', { config: { weightReference: 'row' } }],
    ['weightReference=a=b', { config: { weightReference: 'a=b' } }],
    ['milestones=[1,2]', { config: { milestones: [1, 2] } }],
    ['milestones=1,2', { config: { milestones: [1, 2] } }],
    ['bits=24, 48', { bits: [24, 48] }],
    ['bits=[24]', { bits: [24] }],
    ['dataset.name=cifar10-1', { dataset: { name: 'cifar10-1' } }],
    ['dataset.options.size=48', { dataset: { options: { size: 48 } } }],
    ['dataset.options.multiLabel=true', { dataset: { options: { multiLabel: true } } }],
    ['evaluation.mapAt=1000', { evaluation: { mapAt: 1000 } }],
    ['backbone.weights=vit.npz', { backbone: { weights: 'vit.npz' } }],
    ['backbone.weights=null', { backbone: { weights: null } }],
  ])('reads %s', (setting, expected) => expect(set(setting)).toMatchObject(expected));

  it.each([
    ['epoch=3', "--set: unknown key 'epoch'. Did you mean 'config.epochs'?"],
    ['evaluation.mapat=3', "--set: unknown key 'evaluation.mapat'. Did you mean 'evaluation.mapAt'?"],
    ['__proto__.x=1', /^--set: unknown key '__proto__.x'\. Keys: dataset\.name, dataset\.options\.size, /],
    ['constructor=1', /unknown key 'constructor'/],
    ['epochs', "--set: expected key=value, as in epochs=3, but got 'epochs'."],
    ['=3', "--set: expected key=value, as in epochs=3, but got '=3'."],
    ['epochs=', "--set config.epochs: expected a number, as in config.epochs=40, but got ''."],
    ['epochs=many', "--set config.epochs: expected a number, as in config.epochs=40, but got 'many'."],
    ['epochs=0', '--set config.epochs: Too small.'],
    ['bits=16,x', "--set bits: expected a list, as in bits=[16,32], but got '16,x'."],
    [
      'dataset.options.multiLabel=1',
      "--set dataset.options.multiLabel: expected true or false, as in dataset.options.multiLabel=false, but got '1'.",
    ],
    [
      'dataset=cifar10-1',
      '--set dataset: it holds several values; set one of dataset.name, dataset.options.size, dataset.options.multiLabel.',
    ],
    ['backbone.options=1', '--set backbone.options: it holds several values; set one of none here.'],
  ])('refuses %s', (setting, message) => expect(() => set(setting)).toThrow(message));
});
