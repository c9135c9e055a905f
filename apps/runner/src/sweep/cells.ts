import { join } from 'node:path';
import { sha256Hex } from '@hash/core';
import { findMethod } from '../run/findMethod.js';
import type { Plan } from '../run/plan.js';
import { settlePlan } from '../run/prepareRun.js';
import type { Surroundings } from '../surroundings.js';
import type { Grid } from './grid.js';

/** One run of a sweep: a method and a recipe with one bit length, one seed and one choice of settings. */
export interface Cell {
  /** Name of its folder: what it is in words, and a digest of all that decides its outcome. */
  readonly name: string;
  /** Absolute path of its run folder. */
  readonly folder: string;
  readonly plan: Plan;
  readonly method: string;
  readonly bits: number;
  /** Of the settings those that the grid varies. */
  readonly varied: Readonly<Record<string, string>>;
  /** Of `hash-runner train`, for a new run. */
  readonly args: readonly string[];
}

export interface CellRequest {
  readonly data?: string;
  readonly select?: Plan['select'];
  readonly validation?: number;
}

/**
 * All cells of a grid, in the order of methods, recipes, settings, bit lengths and seeds; equal ones once. Everything is
 * checked here, before anything runs.
 *
 * @param folder  of the sweep
 * @throws UsageError  on what does not exist or does not fit
 */
export async function cellsOf(
  grid: Grid,
  folder: string,
  around: Surroundings,
  request: CellRequest,
): Promise<Cell[]> {
  const cells = new Map<string, Cell>();
  for (const typed of grid.methods) {
    const found = await findMethod(typed, around.cwd);
    for (const recipe of grid.recipes)
      for (const settings of combinations(grid.set)) {
        const set = Object.entries(settings).map(([key, value]) => `${key}=${value}`);
        const settle = (bits: number | undefined, seed: number) =>
          settlePlan(found, around, { ...request, recipe, seed, set, ...(bits && { bits: [bits] }) });
        for (const bits of grid.bits ?? settle(undefined, 0).bits)
          for (const seed of grid.seeds) {
            const plan = settle(bits, seed);
            const varied = variedOnly(settings, grid.set);
            const name = cellName(found.method.name, plan, varied);
            const args = [typed, '--recipe', recipe, '--bits', String(bits), '--seed', String(seed)];
            const options = set.flatMap((setting) => ['--set', setting]);
            cells.set(name, {
              ...{ name, plan, bits, varied, method: found.method.name },
              folder: join(folder, name),
              args: [...args, ...options, ...selectionOptions(request)],
            });
          }
      }
  }
  return [...cells.values()];
}

/** Each choice of one value for each key. */
function combinations(set: Grid['set']): Record<string, string>[] {
  return Object.entries(set).reduce<Record<string, string>[]>(
    (before, [key, values]) =>
      before.flatMap((choice) => values.map((value) => ({ ...choice, [key]: asTyped(value) }))),
    [{}],
  );
}

function asTyped(value: Grid['set'][string][number]): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function variedOnly(settings: Record<string, string>, set: Grid['set']): Record<string, string> {
  return Object.fromEntries(Object.entries(settings).filter(([key]) => set[key]!.length > 1));
}

function cellName(method: string, plan: Plan, varied: Record<string, string>): string {
  const words = [
    ...[method, plan.recipe],
    ...Object.entries(varied).map(([key, value]) => `${key.slice(key.lastIndexOf('.') + 1)}=${value}`),
    ...[`${plan.bits[0]}bits`, `seed${plan.seed}`],
  ];
  const readable = words
    .join('-')
    .replace(/[^\w.=-]+/g, '_')
    .slice(0, 100);
  return `${readable}-${sha256Hex(JSON.stringify(plan)).slice(0, 8)}`;
}

function selectionOptions({ select, validation }: CellRequest): string[] {
  return [
    ...(select === undefined ? [] : ['--select', select]),
    ...(validation === undefined ? [] : ['--validation', String(validation)]),
  ];
}
