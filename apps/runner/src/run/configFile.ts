import { readFile } from 'node:fs/promises';
import { recipeSchema, type Method } from '@hash/core';
import { datasetNames } from '@hash/datasets';
import { isCollection, isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import { z } from 'zod';
import { UsageError } from '../errors.js';
import { describeIssue } from './describeIssues.js';
import { SELECTIONS, type Plan } from './plan.js';
import { settingProblems, type Problem } from './settings.js';
import { didYouMean } from './suggest.js';

const values = z.record(z.string(), z.unknown());
const named = z.union([values, z.string().transform((name) => ({ name }))]);
const { bits } = recipeSchema.shape;

/** What a file of `--config` may say, each of it or nothing: the rest is as in the recipe. */
const configFileSchema = z
  .strictObject({
    method: z.string(),
    recipe: z.string(),
    seed: z.int().min(0),
    select: z.enum(SELECTIONS),
    validation: z.int().min(1).nullable(),
    bits: z.union([bits, bits.element.transform((length) => [length])]),
    dataset: named,
    backbone: named,
    config: values,
    evaluation: values,
  })
  .partial();

type Keys = readonly PropertyKey[];

export interface ConfigFile {
  readonly path: string;
  readonly content: Readonly<z.infer<typeof configFileSchema>>;
  /** The line of a value, or of the nearest thing around it that is there. */
  readonly lineOf: (keys: Keys) => number;
}

/**
 * Reads settings of a run from a file of YAML, of which JSON is a part.
 *
 * @throws UsageError  that names the file, the line, what was expected and what was found
 */
export async function readConfigFile(path: string): Promise<ConfigFile> {
  const counter = new LineCounter();
  const document = parseDocument(await readFile(path, 'utf8'), { lineCounter: counter, prettyErrors: false });
  const [broken] = document.errors;
  if (broken !== undefined)
    throw new UsageError(`${path}:${counter.linePos(broken.pos[0]).line}: ${broken.message}.`);
  const lineOf = (keys: Keys) => counter.linePos(offsetOf(document, keys)).line;
  const read = configFileSchema.safeParse(document.toJS() ?? {});
  if (read.success) return { path, content: read.data, lineOf };
  const [issue] = read.error.issues;
  const problem = {
    path: issue!.path.map(String),
    message: describeIssue(issue!),
    keys: unknownKeys(issue!),
  };
  throw refusal({ path, lineOf }, problem, Object.keys(configFileSchema.shape));
}

/**
 * A recipe's plan with what a file says in its place. Where the file names another data set or backbone, nothing stays of
 * the recipe's options of it.
 *
 * @throws UsageError  that names the line of what does not exist or does not fit
 */
export function planOfFile(plan: Plan, file: ConfigFile, method: Method<unknown>): Plan {
  const { seed = plan.seed, select = plan.select, validation = plan.validation } = file.content;
  const { bits = plan.bits, dataset, backbone, config, evaluation } = file.content;
  const changed = {
    ...plan,
    ...{ seed, select, validation, bits },
    dataset: rename(plan.dataset, dataset),
    backbone: rename(plan.backbone, backbone),
    config: { ...plan.config, ...config },
    evaluation: { ...plan.evaluation, ...evaluation },
  };
  const [problem] = problemsOf(changed, file, method);
  if (problem === undefined) return changed;
  throw refusal(file, problem, Object.keys(groupAt(plan, problem.path)));
}

function problemsOf(plan: Plan, file: ConfigFile, method: Method<unknown>): Problem[] {
  const { dataset, backbone, bits, config, evaluation } = plan;
  try {
    return settingProblems({ dataset, backbone, bits, config, evaluation }, method);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const part = datasetNames().includes(dataset.name) ? 'backbone' : 'dataset';
    throw new UsageError(`${file.path}:${file.lineOf([part, 'name'])}: ${error.message}`);
  }
}

/** Options belong to their name. */
function rename<Part extends { readonly name: string; readonly options: object }>(
  part: Part,
  change: Record<string, unknown> = {},
): Part {
  const same = change['name'] === undefined || change['name'] === part.name;
  const options = { ...(same ? part.options : {}), ...(change['options'] as object | undefined) };
  return { ...part, ...change, options };
}

function refusal(
  { path, lineOf }: Pick<ConfigFile, 'path' | 'lineOf'>,
  { path: place, message, keys: [unknown] = [] }: Problem,
  known: readonly string[],
): UsageError {
  const keys = unknown === undefined ? place : [...place, unknown];
  const help = unknown === undefined ? '' : didYouMean(unknown, known) || ` Keys: ${known.join(', ')}.`;
  const what =
    unknown === undefined
      ? [keys.join('.'), message].filter(Boolean).join(': ')
      : `unknown key '${keys.join('.')}'`;
  return new UsageError(`${path}:${lineOf(keys)}: ${what}.${help}`);
}

function unknownKeys(issue: z.core.$ZodIssue): readonly string[] {
  return issue.code === 'unrecognized_keys' ? issue.keys : [];
}

function groupAt(tree: object, path: readonly string[]): object {
  return path.reduce<object>((group, key) => (group as Record<string, object>)[key] ?? {}, tree);
}

/** Where a value's key stands in a document; where there is none, that of what should hold it. */
function offsetOf({ contents }: Document.Parsed, keys: Keys): number {
  let node: unknown = contents;
  let offset = 0;
  for (const key of keys) {
    if (!isCollection(node)) break;
    const pair = isMap(node)
      ? node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key))
      : undefined;
    const value: unknown = pair === undefined ? node.get(key, true) : pair.value;
    const mark: unknown = pair === undefined ? value : pair.key;
    if (!isNode(mark)) break;
    offset = mark.range?.[0] ?? offset;
    node = value;
  }
  return offset;
}
