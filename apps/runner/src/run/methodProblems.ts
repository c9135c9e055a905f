import { publishedResultSchema, recipeSchema, type Method, type Trainer } from '@hash/core';
import { z } from 'zod';
import { describeIssue } from './describeIssues.js';

/** The `Method` of core as a schema: modules from outside are not type-checked. */
const methodSchema = z.object({
  name: z.string().regex(/^[\w.-]+$/, 'expected letters, digits, dots, dashes and underscores'),
  paper: z.object({ title: z.string(), venue: z.string(), year: z.int(), url: z.string() }),
  modalities: z.array(z.enum(['image', 'text'])).min(1),
  config: z.custom(isSchema, 'expected a schema of zod 4'),
  recipes: z
    .record(z.string(), recipeSchema)
    .refine((recipes) => Object.keys(recipes).length > 0, 'expected a recipe at least'),
  published: z.array(publishedResultSchema).optional(),
  createTrainer: z.custom((value) => typeof value === 'function', 'expected a function'),
}) satisfies z.ZodType<{ [Field in keyof Method<unknown>]: unknown }>;

const TRAINER_PARTS = ['fit', 'encode', 'save', 'load', 'dispose'] as const satisfies (keyof Trainer)[];

/** What keeps a value from being a method, a text for each field: `paper.year: expected int, but got '2020'`. */
export function methodProblems(value: unknown): string[] {
  const issues = methodSchema.safeParse(value).error?.issues ?? [];
  if (issues.length > 0)
    return issues.map((issue) => problem(issue.path, expectation(issue), valueAt(value, issue.path)));
  const { config } = value as Method<unknown>;
  const bits = (config.safeParse({ bits: 16 }).error?.issues ?? []).filter(
    (issue) =>
      issue.path[0] === 'bits' || (issue.code === 'unrecognized_keys' && issue.keys.includes('bits')),
  );
  return bits.map((issue) => `config: expected it to accept { bits: 16 }, but: ${describeIssue(issue)}`);
}

/** As {@link methodProblems}, of what `createTrainer` gave. */
export function trainerProblems(value: unknown): string[] {
  const parts = (typeof value === 'object' ? value : null) as Readonly<Record<string, unknown>> | null;
  if (parts === null) return [problem([], 'expected a trainer', value)];
  return TRAINER_PARTS.filter((name) => typeof parts[name] !== 'function').map((name) =>
    problem([name], 'expected a function', parts[name]),
  );
}

function problem(path: readonly PropertyKey[], expected: string, found: unknown): string {
  return `${[path.join('.'), expected].filter(Boolean).join(': ')}, but got ${describeValue(found)}`;
}

/** zod's message without what it says of the value: `expected string`. */
function expectation(issue: z.core.$ZodIssue): string {
  return describeIssue(issue).replace(/^Invalid input: |, received .*$/g, '');
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((parent, key) => (parent as Record<PropertyKey, unknown>)[key], value);
}

function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'function') return 'a function';
  const text = typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`;
}

function isSchema(value: unknown): boolean {
  return typeof value === 'object' && value !== null && '_zod' in value && 'safeParse' in value;
}
