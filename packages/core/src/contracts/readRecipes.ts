import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { recipeSchema, type Recipe } from './recipe.js';

/**
 * Reads the `.json` files of a folder as recipes, each named as its file.
 *
 * @param folder  for a method package `new URL('../recipes/', import.meta.url)`, the same from sources and from a build
 * @throws Error  that names the file and each key that is wrong
 */
export function readRecipes(folder: URL): Readonly<Record<string, Recipe>> {
  const path = fileURLToPath(folder);
  const names = readdirSync(path).flatMap((file) =>
    file.endsWith('.json') ? [basename(file, '.json')] : [],
  );
  return Object.fromEntries(names.sort().map((name) => [name, readRecipe(`${path}${name}.json`)]));
}

function readRecipe(path: string): Recipe {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`Recipe ${path}: ${(error as Error).message}`, { cause: error });
  }
  const parsed = recipeSchema.safeParse(content);
  if (!parsed.success) throw new Error(`Recipe ${path}:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
