import { UsageError } from '../errors.js';
import { readingsOf, typeName, type Json, type JsonGroup } from './readValue.js';
import { didYouMean } from './suggest.js';

/** What is wrong with the value at `path`; undefined where nothing is. */
export type Check = (settings: JsonGroup, path: readonly string[]) => string | undefined;

/** The groups of a recipe whose values no schema describes: there a value keeps the type that it has. */
const FREE_GROUPS = ['dataset.options', 'backbone.options'];

/**
 * Changes one value that is there already. It keeps its type, unless `check` knows the key and accepts another, as with
 * `evaluation.mapAt`, which is `all` or a number.
 *
 * @param setting  as typed: `key=value`; a key is the path to a value, and `config.` may be left out
 * @throws UsageError  on an unknown key, with the near ones, and on a value of another type
 */
export function applySetting(settings: JsonGroup, setting: string, check: Check): JsonGroup {
  const equals = setting.indexOf('=');
  if (equals < 1) throw new UsageError(`--set: expected key=value, as in epochs=3, but got '${setting}'.`);
  const path = findPath(settings, setting.slice(0, equals).trim());
  const key = path.join('.');
  const text = setting.slice(equals + 1);
  const old = valueAt(settings, path)!;
  const keepsType = FREE_GROUPS.some((group) => key.startsWith(`${group}.`));
  const problems: string[] = [];
  for (const value of readingsOf(text, old, keepsType)) {
    const changed = replaceAt(settings, path, value);
    const problem = check(changed, path);
    if (problem === undefined) return changed;
    if (typeof value === typeof old || old === null) problems.push(problem);
  }
  const wrongType = `expected ${typeName(old)}, as in ${key}=${show(old)}, but got '${text}'.`;
  throw new UsageError(`--set ${key}: ${problems[0] ?? wrongType}`);
}

/** The dotted keys of all values in a tree. */
export function settingKeys(settings: JsonGroup, prefix = ''): string[] {
  return Object.entries(settings).flatMap(([key, value]) =>
    isGroup(value) ? settingKeys(value, `${prefix}${key}.`) : [prefix + key],
  );
}

function findPath(settings: JsonGroup, key: string): string[] {
  const path = key.split('.');
  for (const candidate of [path, ['config', ...path]]) {
    const value = valueAt(settings, candidate);
    if (value !== undefined && !isGroup(value)) return candidate;
  }
  const group = valueAt(settings, path);
  const keys = settingKeys(settings);
  if (group !== undefined) {
    const inside = keys.filter((name) => name.startsWith(`${key}.`));
    throw new UsageError(`--set ${key}: it holds several values; set one of ${list(inside)}.`);
  }
  throw new UsageError(`--set: unknown key '${key}'.${didYouMean(key, keys) || ` Keys: ${list(keys)}.`}`);
}

function valueAt(settings: JsonGroup, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (value, key) => (isGroup(value) && Object.hasOwn(value, key) ? value[key] : undefined),
    settings,
  );
}

function replaceAt(settings: JsonGroup, [key, ...rest]: readonly string[], value: Json): JsonGroup {
  if (rest.length === 0) return { ...settings, [key!]: value };
  return { ...settings, [key!]: replaceAt(settings[key!] as JsonGroup, rest, value) };
}

function isGroup(value: Json | undefined): value is JsonGroup {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function list(keys: readonly string[]): string {
  return keys.length === 0 ? 'none here' : keys.join(', ');
}

function show(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
