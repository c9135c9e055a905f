import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { recipeSchema, type Method } from '@hash/core';
import { UsageError } from '../errors.js';
import { METHODS } from '../methods.js';
import { didYouMean } from './suggest.js';

export interface FoundMethod {
  readonly method: Method<unknown>;
  /** What finds it again from any folder: its name where it is built in, else the module's path with `#name`. */
  readonly source: string;
}

/**
 * Finds a method by what was typed: the name of one that is built in, the path of a module, or the name of an installed
 * package; `module#name` picks one where a module exports several.
 *
 * @param cwd  where relative paths and packages are looked for
 * @throws UsageError  where there is none, with the known names
 * @throws Error  where the module is no method, with what it lacks
 */
export async function findMethod(typed: string, cwd: string): Promise<FoundMethod> {
  const builtIn = METHODS.find(({ name }) => name === typed);
  if (builtIn !== undefined) return { method: builtIn, source: typed };
  const [specifier = '', wanted] = typed.split('#', 2);
  const path = modulePath(specifier, cwd);
  if (path === undefined) throw unknownMethod(typed);
  const exports = (await import(pathToFileURL(path).href)) as Record<string, unknown>;
  const method = pickMethod(exports, specifier, wanted);
  return { method, source: `${path}#${method.name}` };
}

function modulePath(specifier: string, cwd: string): string | undefined {
  const path = resolve(cwd, specifier);
  if (specifier.startsWith('.') || isAbsolute(specifier) || existsSync(path)) {
    if (existsSync(path)) return path;
    throw new UsageError(`Method ${specifier}: there is no file ${path}.`);
  }
  try {
    return createRequire(join(cwd, 'package.json')).resolve(specifier);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

function unknownMethod(typed: string): UsageError {
  const names = METHODS.map(({ name }) => name);
  return new UsageError(
    `Unknown method '${typed}'.${didYouMean(typed, names)} Methods: ${names.join(', ')};` +
      ' or the path of a module (./my-method.js), or the name of an installed package, that exports one.',
  );
}

function pickMethod(
  exports: Record<string, unknown>,
  module: string,
  wanted: string | undefined,
): Method<unknown> {
  const complete = Object.values(exports).filter(isMethod);
  const named = wanted === undefined ? complete : complete.filter(({ name }) => name === wanted);
  const [method, ...others] = named;
  if (method !== undefined && others.length === 0) return method;
  const names = complete.map(({ name }) => `${module}#${name}`).join(', ');
  if (complete.length > 0)
    throw new UsageError(`Method ${module}: the module exports several; name one: ${names}.`);
  const reasons = Object.entries(exports).map(([name, value]) => `${name} ${lacks(value)}`);
  throw new Error(
    `Method ${module}: expected an export with name, paper, modalities, config, recipes and createTrainer, but got ` +
      `${reasons.length === 0 ? 'no exports' : reasons.join('; ')}.`,
  );
}

function isMethod(value: unknown): value is Method<unknown> {
  return lacks(value) === undefined;
}

/** What keeps a value from being a method, in words that follow its name. */
function lacks(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return `is a ${typeof value}`;
  const method = value as Partial<Record<keyof Method<unknown>, unknown>>;
  const parts: Record<keyof Method<unknown>, boolean> = {
    name: typeof method.name === 'string',
    paper: typeof (method.paper as { title?: unknown } | undefined)?.title === 'string',
    modalities: Array.isArray(method.modalities) && method.modalities.length > 0,
    config: typeof (method.config as { safeParse?: unknown } | undefined)?.safeParse === 'function',
    recipes: Object.values(method.recipes ?? {}).some((recipe) => recipeSchema.safeParse(recipe).success),
    createTrainer: typeof method.createTrainer === 'function',
  };
  const missing = Object.entries(parts).filter(([, fits]) => !fits);
  return missing.length === 0 ? undefined : `lacks ${missing.map(([name]) => name).join(', ')}`;
}
