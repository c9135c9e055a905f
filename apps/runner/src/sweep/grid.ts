import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { parse as parseYaml } from 'yaml';
import { UsageError } from '../errors.js';
import { describeIssues } from '../run/describeIssues.js';

const listOf = <T extends z.ZodType>(item: T) =>
  z.union([z.array(item).min(1), item.transform((value) => [value])]);

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** A grid as its file has it: wherever a list may stand, a single value may, too. */
export const gridSchema = z.strictObject({
  methods: listOf(z.string()).describe('names, paths of modules, or packages'),
  recipes: listOf(z.string()).prefault('quick'),
  bits: listOf(z.int().min(1)).optional().describe('bit lengths; those of each recipe by default'),
  seeds: listOf(z.int().min(0)).prefault(0),
  set: z
    .record(z.string(), listOf(z.union([scalar, z.array(scalar)])))
    .default({})
    .describe('values of settings, each of which is tried with all others'),
});

export type Grid = z.infer<typeof gridSchema>;

/**
 * A grid from a YAML or JSON file, of which the command line replaces parts.
 *
 * @param path     absolute; none where all is on the command line
 * @param changes  what was typed; the settings add to those of the file
 * @throws UsageError  that names the file, the key, what was expected and what was found
 */
export async function readGrid(path: string | undefined, { set, ...changes }: Partial<Grid>): Promise<Grid> {
  const content = path === undefined ? {} : await readMapping(path);
  const typed = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const settings = { ...(content['set'] as object | undefined), ...set };
  const parsed = gridSchema.safeParse({ ...content, ...typed, set: settings });
  if (parsed.success) return parsed.data;
  throw new UsageError(`${path ?? 'sweep'}: ${describeIssues(parsed.error)}.`);
}

async function readMapping(path: string): Promise<Record<string, unknown>> {
  if (!existsSync(path)) throw new UsageError(`--grid: there is no file ${path}.`);
  const text = await readFile(path, 'utf8');
  let content: unknown;
  try {
    content = parseYaml(text);
  } catch (error) {
    throw new UsageError(`${path}: expected YAML or JSON, but: ${(error as Error).message}`, {
      cause: error,
    });
  }
  if (typeof content === 'object' && content !== null && !Array.isArray(content))
    return content as Record<string, unknown>;
  throw new UsageError(
    `${path}: expected keys such as methods, bits and seeds, but got ${JSON.stringify(content)}.`,
  );
}

/**
 * `key=value` as the command line has them, several of one key being alternatives.
 *
 * @throws UsageError  on one without an equals sign
 */
export function settingsTyped(typed: readonly string[]): Grid['set'] {
  const settings: Record<string, string[]> = {};
  for (const setting of typed) {
    const equals = setting.indexOf('=');
    if (equals < 1) throw new UsageError(`--set: expected key=value, as in epochs=3, but got '${setting}'.`);
    (settings[setting.slice(0, equals)] ??= []).push(setting.slice(equals + 1));
  }
  return settings;
}
