import { availableParallelism } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { writeFileAtomically } from '@hash/core';
import { Option, type Command } from 'commander';
import { InterruptedError, UsageError } from '../errors.js';
import { lockFolder } from '../run/folderLock.js';
import { SELECTIONS } from '../run/plan.js';
import { listenForStop } from '../run/stopSignal.js';
import type { Surroundings } from '../surroundings.js';
import { cellsOf, type Cell, type CellRequest } from '../sweep/cells.js';
import { readGrid, settingsTyped, type Grid } from '../sweep/grid.js';
import { showSweep } from '../sweep/showSweep.js';
import { isDone, runSweep, type SweepEnd } from '../sweep/runSweep.js';
import { sweepTable } from '../sweep/sweepTable.js';
import { csvTable, latexTable, markdownTable, pivot } from '../sweep/tableFormats.js';
import { styleFor } from '../terminal/style.js';
import { formatTable, leftColumns } from '../terminal/table.js';
import {
  backendOption,
  collect,
  dataOption,
  deviceOption,
  jsonOption,
  parseCount,
  parseCounts,
  parseNames,
  parseNaturals,
} from './parseOptions.js';

interface SweepOptions extends CellRequest, Pick<Partial<Grid>, 'bits'> {
  readonly grid?: string;
  readonly recipe?: string[];
  readonly seeds?: number[];
  readonly set?: readonly string[];
  readonly out: string;
  readonly jobs: number;
  readonly backend?: string;
  readonly device?: string;
  readonly dryRun?: true;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  $ hash-runner sweep wch nsh --bits 16,32 --seeds 0-4          20 runs, mean and spread over the seeds
  $ hash-runner sweep wch --set learningRate=1e-3 --set learningRate=1e-4 --seeds 0,1,2
  $ hash-runner sweep --grid grid.yaml --out runs/ablation --jobs 4
  $ hash-runner sweep wch --seeds 0-9 --dry-run                 what would run, and what is done

grid.yaml:
  methods: [wch, ./my-method.js]
  bits: [16, 32]
  seeds: [0, 1, 2]
  set:
    learningRate: [1e-3, 1e-4]      # several values: each is tried
    epochs: 5

Ctrl-C lets the runs under way save, and stops. The same command goes on: what is done stays, what was begun is resumed,
what failed is tried again. Exit code 1 where a run failed.
`;

export function addSweepCommand(program: Command, surroundings: Surroundings): void {
  program
    .command('sweep')
    .summary('train a grid of methods, bit lengths, seeds and settings; one table')
    .description(
      'Trains every combination of methods, recipes, settings, bit lengths and seeds, each a run folder of its own, and ' +
        'writes mean and spread over the seeds to table.csv, .json, .md and .tex.',
    )
    .argument('[methods...]', 'names of methods, paths of modules, or packages')
    .option(
      '--grid <file>',
      'YAML or JSON file with methods, recipes, bits, seeds, set; options replace its parts',
    )
    .option('--recipe <names>', 'recipes, by commas (default: quick)', parseNames)
    .option('--bits <list>', 'bit lengths, by commas (default: of each recipe)', parseCounts)
    .option('--seeds <list>', 'seeds, by commas or as a range: 0-4 (default: 0)', parseNaturals)
    .option(
      '--set <key=value>',
      'change a value of the recipes; several of one key are tried in turn',
      collect,
    )
    .option('--out <folder>', 'folder of the runs and the table', 'runs/sweep')
    .option('--jobs <n>', 'runs at a time (default: half of the cores)', parseCount, defaultJobs())
    .addOption(new Option('--select <how>', 'whose parameters to keep, as in train').choices(SELECTIONS))
    .option('--validation <count>', 'items to cut from train for validation, as in train', parseCount)
    .addOption(dataOption())
    .addOption(backendOption())
    .addOption(deviceOption())
    .option('--dry-run', 'only list the runs')
    .addOption(jsonOption())
    .addHelpText('after', EXAMPLES)
    .action((methods: string[], options: SweepOptions) => sweep(surroundings, methods, options));
}

async function sweep(around: Surroundings, methods: readonly string[], options: SweepOptions): Promise<void> {
  const folder = resolve(around.cwd, options.out);
  const cells = await cellsOf(await settleGrid(around, methods, options), folder, around, options);
  if (options.dryRun === true) return listCells(cells, around, options);
  const release = await lockFolder(folder);
  if (release === undefined) throw new UsageError(`${options.out}: another sweep is at work in this folder.`);
  try {
    const end = await runAll(cells, folder, around, options);
    await report(cells, end, folder, around, options);
  } finally {
    await release();
  }
}

async function settleGrid(
  { cwd }: Surroundings,
  methods: readonly string[],
  options: SweepOptions,
): Promise<Grid> {
  if (methods.length === 0 && options.grid === undefined)
    throw new UsageError('sweep: expected methods, or a grid by --grid.');
  return readGrid(options.grid === undefined ? undefined : resolve(cwd, options.grid), {
    methods: methods.length === 0 ? undefined : [...methods],
    recipes: options.recipe,
    bits: options.bits,
    seeds: options.seeds,
    set: settingsTyped(options.set ?? []),
  });
}

async function runAll(
  cells: readonly Cell[],
  folder: string,
  around: Surroundings,
  { jobs, data, backend, device }: SweepOptions,
): Promise<SweepEnd> {
  const option = (name: string, value: string | undefined) => (value === undefined ? [] : [name, value]);
  const workers = Math.max(0, Math.floor(availableParallelism() / jobs) - 1);
  const display = showSweep(cells, around);
  const { signal, release } = listenForStop(around);
  try {
    return await runSweep(cells, {
      ...{ command: around.command, cwd: around.cwd, env: around.env, signal, jobs, folder, ...display },
      options: {
        begin: [...option('--backend', backend), ...option('--device', device)],
        always: [...option('--data', data), '--workers', String(workers)],
      },
    });
  } finally {
    release();
  }
}

async function report(
  cells: readonly Cell[],
  { failed, interrupted }: SweepEnd,
  folder: string,
  { stdout, env, cwd }: Surroundings,
  { json }: SweepOptions,
): Promise<void> {
  const rows = await sweepTable(cells);
  const write = (ending: string, text: string) =>
    writeFileAtomically(join(folder, `table.${ending}`), [text]);
  const asJson = `${JSON.stringify(rows, null, 2)}\n`;
  await write('json', asJson);
  await write('csv', csvTable(rows));
  await write('md', markdownTable(rows));
  await write('tex', latexTable(rows));
  const done = cells.filter(isDone).length;
  if (json === true) stdout.write(asJson);
  else {
    const { titles, rows: body } = pivot(rows);
    const [heading = '', ...lines] = formatTable(leftColumns(...titles), body);
    const table = `${relative(cwd, folder)}/table.{csv,json,md,tex}`;
    stdout.write(
      `${[styleFor(stdout, env).bold(heading), ...lines, '', `${done} of ${cells.length} runs: ${table}`].join('\n')}\n`,
    );
  }
  if (interrupted) throw new InterruptedError('Stopped and saved. To go on, repeat the command.');
  if (failed.length === 0) return;
  const list = failed.map(({ cell, reason, log }) => `\n  ${cell.name}: ${reason} (${relative(cwd, log)})`);
  throw new Error(`${failed.length} of ${cells.length} runs failed:${list.join('')}`);
}

function listCells(cells: readonly Cell[], { stdout }: Surroundings, { json }: SweepOptions): void {
  const records = cells.map((cell) => ({ name: cell.name, folder: cell.folder, done: isDone(cell) }));
  if (json === true) stdout.write(`${JSON.stringify(records, null, 2)}\n`);
  else stdout.write(records.map(({ name, done }) => `${done ? 'done' : 'to do'}  ${name}\n`).join(''));
}

function defaultJobs(): number {
  return Math.max(1, Math.floor(availableParallelism() / 2));
}
