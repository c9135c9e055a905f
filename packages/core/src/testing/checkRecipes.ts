import assert from 'node:assert/strict';
import { z } from 'zod';
import type { Method } from '../contracts/method.js';

/** For a method's tests: it has the recipes of these names, and its schema takes the settings of each. */
export function checkRecipes<Config>(
  { name, recipes, config }: Method<Config>,
  names: readonly string[],
): void {
  assert.deepEqual(Object.keys(recipes).sort(), [...names].sort());
  for (const [recipe, { config: settings }] of Object.entries(recipes)) {
    const { error } = config.safeParse(settings);
    assert.ok(!error, `${name}, recipe ${recipe}: ${error && z.prettifyError(error)}`);
  }
}
