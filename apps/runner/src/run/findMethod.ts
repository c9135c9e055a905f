import type { Method } from '@hash/core';
import { UsageError } from '../errors.js';
import { METHODS } from '../methods.js';
import { importMethodModule, modulePath } from './methodModule.js';
import { methodProblems } from './methodProblems.js';
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
  const method = pickMethod(await importMethodModule(specifier, path), specifier, wanted);
  return { method, source: `${path}#${method.name}` };
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
  const values = [...new Set(Object.values(exports))];
  const complete = values.filter(isMethod);
  const named = wanted === undefined ? complete : complete.filter(({ name }) => name === wanted);
  const [method, ...others] = named;
  if (method !== undefined && others.length === 0) return method;
  const names = complete.map(({ name }) => `${module}#${name}`).join(', ');
  if (complete.length > 1)
    throw new UsageError(`Method ${module}: the module exports several; name one: ${names}.`);
  if (complete.length === 1)
    throw new UsageError(`Method ${module}: the module exports no '${wanted}'; it has ${names}.`);
  throw new Error(`Method ${module}: ${describeExports(exports)}`);
}

function isMethod(value: unknown): value is Method<unknown> {
  return methodProblems(value).length === 0;
}

/** Why no export is a method: of those that are meant as one, field by field. */
function describeExports(exports: Record<string, unknown>): string {
  const meant = Object.entries(exports).filter(([, value]) => isMeantAsMethod(value));
  if (meant.length === 0) {
    const names = Object.keys(exports).join(', ') || 'none';
    return (
      'expected an export with name, paper, modalities, config, recipes and createTrainer ' +
      `(Method of @hash/core), but among its exports is nothing like it: ${names}.`
    );
  }
  const reasons = meant.map(([name, value]) => `export ${name}:\n  ${methodProblems(value).join('\n  ')}`);
  return `the contract of a method (Method of @hash/core) is not kept.\n${reasons.join('\n')}`;
}

function isMeantAsMethod(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ('createTrainer' in value || 'recipes' in value);
}
