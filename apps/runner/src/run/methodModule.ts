import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { resolve as resolveImport } from 'import-meta-resolve';
import { UsageError } from '../errors.js';

/**
 * The file of a module.
 *
 * @param specifier  a path, or the name of an installed package
 * @param cwd        where both are looked for
 * @returns undefined where no package of that name is installed
 * @throws UsageError  where what can only be a path leads nowhere
 */
export function modulePath(specifier: string, cwd: string): string | undefined {
  const path = resolve(cwd, specifier);
  if (specifier.startsWith('.') || isAbsolute(specifier) || existsSync(path)) {
    if (existsSync(path)) return path;
    throw new UsageError(`Method ${specifier}: there is no file ${path}.`);
  }
  return resolvePackage(specifier, join(cwd, 'package.json'));
}

/** As `require` finds it, which knows the conditions that Node was started with; else as `import` does. */
function resolvePackage(specifier: string, from: string): string | undefined {
  try {
    return createRequire(from).resolve(specifier);
  } catch (error) {
    if (!hasCode(error, 'MODULE_NOT_FOUND', 'ERR_PACKAGE_PATH_NOT_EXPORTED')) throw error;
  }
  try {
    return fileURLToPath(resolveImport(specifier, pathToFileURL(from).href));
  } catch (error) {
    if (hasCode(error, 'ERR_MODULE_NOT_FOUND', 'ERR_INVALID_MODULE_SPECIFIER')) return undefined;
    throw error;
  }
}

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return codes.includes((error as NodeJS.ErrnoException).code ?? '');
}

/**
 * Loads a module that exports a method.
 *
 * @param specifier  as typed, for errors
 * @throws Error  that says why it cannot be loaded
 */
export async function importMethodModule(specifier: string, path: string): Promise<Record<string, unknown>> {
  refuseOtherCore(specifier, path);
  try {
    return (await import(pathToFileURL(path).href)) as Record<string, unknown>;
  } catch (error) {
    throw new Error(`Method ${specifier}: cannot be loaded: ${reason(error)}`, { cause: error });
  }
}

function reason(error: unknown): string {
  if (hasCode(error, 'ERR_UNKNOWN_FILE_EXTENSION'))
    return (
      `Node.js ${process.version} reads no TypeScript. Take Node.js 22.18, 24 or newer, ` +
      'or install tsx and set NODE_OPTIONS="--import tsx".'
    );
  if (hasCode(error, 'ERR_REQUIRE_CYCLE_MODULE'))
    return 'it is read as CommonJS. Put "type": "module" into its package.json, or name it .mts or .mjs.';
  return (error as Partial<Error> | null)?.message ?? String(error);
}

/** Tensors of one copy of TensorFlow.js are unknown to the engine of another. */
function refuseOtherCore(specifier: string, path: string): void {
  const [theirs, ours] = [coreSeenFrom(pathToFileURL(path).href), coreSeenFrom(import.meta.url)];
  if (theirs === undefined || theirs === ours) return;
  throw new Error(
    `Method ${specifier}: expected it to use the @hash/core of hash-runner, ${ours}, but it has another, ` +
      `${theirs}. Install @hash/runner into the project of the method, and start that one.`,
  );
}

function coreSeenFrom(url: string): string | undefined {
  try {
    return realpathSync(createRequire(url).resolve('@hash/core'));
  } catch {
    return undefined;
  }
}
