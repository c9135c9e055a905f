import { backboneNames, backboneOptions } from '@hash/backbones';
import { recipeSchema, type Method, type Recipe } from '@hash/core';
import { datasetNames, datasetOptions } from '@hash/datasets';
import type { z } from 'zod';
import { UsageError } from '../errors.js';
import { describeIssue } from './describeIssues.js';
import { didYouMean } from './suggest.js';

/** The part of a recipe that `--set` may change. */
export type Settings = Omit<Recipe, 'description'>;

export const settingsSchema = recipeSchema.omit({ description: true });

/** Something that a schema has against a value. */
export interface Problem {
  readonly path: readonly string[];
  readonly message: string;
  /** Those at the path that the schema does not know. */
  readonly keys?: readonly string[];
}

/** A schema for the values below a path. */
interface Group {
  readonly path: readonly string[];
  readonly schema: z.ZodType;
  readonly value: unknown;
}

/** All that the schemas of recipe, method, data set and backbone have against settings. */
export function settingProblems(settings: Settings, method: Method<unknown>): Problem[] {
  return groupsOf(settings, method).flatMap(({ path, schema, value }) =>
    (schema.safeParse(value).error?.issues ?? []).map((issue) => ({
      path: [...path, ...issue.path.map(String)],
      message: describeIssue(issue),
      ...(issue.code === 'unrecognized_keys' && { keys: issue.keys }),
    })),
  );
}

/**
 * Settings with every default filled in. The bit length, of which a run has several, stays out of the method's own.
 *
 * @throws UsageError  that names each value that is wrong, and on an unknown data set or backbone
 */
export function resolveSettings(settings: Settings, method: Method<unknown>): Settings {
  const problems = settingProblems(settings, method);
  if (problems.length > 0) {
    const list = problems.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': '));
    throw new UsageError(`Settings of ${method.name}: ${list.join('; ')}.`);
  }
  const [, config, dataset, backbone] = groupsOf(settings, method).map(
    ({ schema, value }) => schema.parse(value) as Record<string, unknown>,
  );
  delete config!['bits'];
  return {
    ...settings,
    dataset: { ...settings.dataset, options: dataset! },
    backbone: { ...settings.backbone, options: backbone! },
    config: config!,
  };
}

function groupsOf(settings: Settings, method: Method<unknown>): Group[] {
  const { dataset, backbone, bits, config } = settings;
  checkName('data set', dataset.name, datasetNames());
  checkName('backbone', backbone.name, backboneNames());
  return [
    { path: [], schema: settingsSchema, value: settings },
    { path: ['config'], schema: method.config, value: { ...config, bits: bits[0] } },
    { path: ['dataset', 'options'], schema: datasetOptions(dataset.name), value: dataset.options },
    { path: ['backbone', 'options'], schema: backboneOptions(backbone.name), value: backbone.options },
  ];
}

function checkName(what: string, name: string, names: readonly string[]): void {
  if (names.includes(name)) return;
  throw new UsageError(`Unknown ${what} '${name}'.${didYouMean(name, names)} Known: ${names.join(', ')}.`);
}
