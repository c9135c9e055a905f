import { recipeSchema, type Method } from '@hash/core';
import { UsageError } from '../errors.js';
import { applySetting } from './applySetting.js';
import type { FoundMethod } from './findMethod.js';
import type { Plan } from './plan.js';
import { resolveSettings, settingProblems, type Settings } from './settings.js';
import { didYouMean } from './suggest.js';

/** What was asked for on the command line; what is left out stays as it is. */
export interface PlanChanges {
  readonly bits?: readonly number[];
  readonly seed?: number;
  readonly select?: Plan['select'];
  readonly validation?: number;
  /** Absolute path of a file or folder. */
  readonly split?: string;
  readonly badImages?: 'fail' | 'skip';
  /** `key=value`, in order. */
  readonly set: readonly string[];
}

/**
 * A recipe's plan, with all defaults filled in.
 *
 * @throws UsageError  on an unknown recipe, with the known ones
 */
export function planOfRecipe({ method, source }: FoundMethod, recipe: string): Plan {
  const names = Object.keys(method.recipes);
  if (!names.includes(recipe))
    throw new UsageError(
      `Unknown recipe '${recipe}' of ${method.name}.${didYouMean(recipe, names)} Recipes: ${names.join(', ')}.`,
    );
  const { dataset, backbone, bits, config, evaluation } = recipeSchema.parse(method.recipes[recipe]);
  return {
    method: source,
    recipe,
    seed: 0,
    ...resolveSettings({ dataset, backbone, bits, config, evaluation }, method),
    select: 'last',
    validation: null,
    split: null,
  };
}

/**
 * A plan with some values changed. Where that is the name of its data set or backbone, the options are those of the new
 * one, by default.
 *
 * @throws UsageError  on an unknown key, a value of another type, or values that do not go together
 */
export function changePlan(plan: Plan, changes: PlanChanges, method: Method<unknown>): Plan {
  const { bits, seed, select, validation, split, badImages } = changes;
  const { dataset, backbone, config, evaluation } = plan;
  const before: Settings = { dataset, backbone, bits: [...(bits ?? plan.bits)], config, evaluation };
  const isName = (setting: string) => /^\s*(dataset|backbone)\.name\s*=/.test(setting);
  const renamed = changes.set
    .filter(isName)
    .reduce((settings, setting) => rename(settings, setting, method), before);
  if (badImages !== undefined && !('badImages' in renamed.dataset.options))
    throw new UsageError(`--bad-images: ${renamed.dataset.name} is not made of image files.`);
  const after = changes.set
    .filter((setting) => !isName(setting))
    .concat(badImages === undefined ? [] : `dataset.options.badImages=${badImages}`)
    .reduce((settings, setting) => change(settings, setting, method), renamed);
  checkDistinct(after.bits);
  return {
    ...plan,
    ...resolveSettings(after, method),
    seed: seed ?? plan.seed,
    select: select ?? plan.select,
    validation: validation ?? plan.validation,
    split: split ?? plan.split,
  };
}

/** The config of one bit length, as the method itself reads it. */
export function configFor(plan: Plan, method: Method<unknown>, bits: number): unknown {
  return method.config.parse({ ...plan.config, bits });
}

function change(settings: Settings, setting: string, method: Method<unknown>): Settings {
  return applySetting(settings, setting, (changed, path) => {
    const problems = settingProblems(changed, method);
    const problem = problems.find((found) => path.every((key, i) => found.path[i] === key));
    return problem === undefined ? undefined : `${problem.message}.`;
  });
}

function rename(settings: Settings, setting: string, method: Method<unknown>): Settings {
  const { dataset, backbone, ...rest } = applySetting(settings, setting, () => undefined);
  const renamed = {
    ...rest,
    dataset: dataset.name === settings.dataset.name ? dataset : { ...dataset, options: {} },
    backbone: backbone.name === settings.backbone.name ? backbone : { ...backbone, options: {} },
  };
  return resolveSettings(renamed, method);
}

function checkDistinct(bits: readonly number[]): void {
  const twice = bits.find((length, i) => bits.indexOf(length) !== i);
  if (twice !== undefined) throw new UsageError(`Bit lengths: expected each once, but got ${twice} twice.`);
}
