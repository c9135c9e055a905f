import { UsageError } from '../errors.js';
import { readingsOf, typeName, type Json, type JsonGroup } from './readValue.js';
import { didYouMean } from './suggest.js';

/**
 * Changes one value that is there already. It keeps its type, unless `check` accepts another, as with
 * `evaluation.mapAt`, which is `all` or a number.
 *
 * @param settings  a tree of plain values
 * @param setting   as typed: `key=value`; a key is the path to a value, and `config.` may be left out
 * @param check     says what is wrong with the value at a path; undefined where nothing is
 * @throws UsageError  on an unknown key, with the near ones, and on a value that `check` refuses
 */
export function applySetting<Settings extends object>(
  settings: Settings,
  setting: string,
  check: (changed: Settings, path: readonly string[]) => string | undefined,
): Settings {
  const equals = setting.indexOf('=');
  if (equals < 1) throw new UsageError(`--set: expected key=value, as in epochs=3, but got '${setting}'.`);
  const tree = settings as JsonGroup;
  const path = findPath(tree, setting.slice(0, equals).trim());
  const text = setting.slice(equals + 1);
  const old = valueAt(tree, path)!;
  const problems: string[] = [];
  for (const value of readingsOf(text, old)) {
    const changed = replaceAt(tree, path, value) as Settings;
    const problem = check(changed, path);
    if (problem === undefined) return changed;
    if (typeof value === typeof old || old === null) problems.push(problem);
  }
  const key = path.join('.');
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
