import { resolve } from 'node:path';
import {
  CENTER_STARTS,
  CENTER_VARIANTS,
  centerStatistics,
  runStepsInTurns,
  searchCenters,
  type CenterStart,
  type CenterStatistics,
  type CenterVariant,
  type SemanticHashCenters,
  type Similarity,
} from '@hash/shc';
import { Option, type Command } from 'commander';
import { InterruptedError, isAbort, UsageError } from '../errors.js';
import { listenForStop } from '../run/stopSignal.js';
import type { Surroundings } from '../surroundings.js';
import { styleFor } from '../terminal/style.js';
import { formatTable } from '../terminal/table.js';
import { readCenters, readSimilarity, requireNpy, writeCenters } from './centersFile.js';
import { jsonOption, parseCount, parseNatural } from './parseOptions.js';

const EXAMPLES = `
Examples:
  $ hash-runner centers --classes 100 --bits 32
  $ hash-runner centers --similarity runs/my-run/classifier-1a2b3c4d/similarity.npy --bits 64 --out centers.npy
  $ hash-runner centers --classes 100 --bits 16 --init mds --seed 3 --json
  $ hash-runner centers runs/my-run/bits-32/centers.npy            what is in a file

The file is a matrix of -1 and 1, int8 [classes, bits], for numpy.load; statistics lie beside it as .json.
`;

interface CentersOptions {
  readonly classes?: number;
  readonly bits?: number;
  readonly similarity?: string;
  readonly init: CenterStart;
  readonly variant: CenterVariant;
  readonly seed: number;
  readonly minDistance?: number;
  readonly descend?: true;
  readonly out?: string;
  readonly json?: true;
}

export function addCentersCommand(program: Command, surroundings: Surroundings): void {
  program
    .command('centers')
    .summary("make SHC's hash centres, or look into a file of them")
    .description('Places a code for each class, far from the others and near those of similar classes.')
    .argument('[file]', 'centres to look into, .npy (default: new ones)')
    .option('--classes <n>', 'number of classes (default: of the similarity)', parseCount)
    .option('--bits <n>', 'length of the codes', parseCount)
    .option('--similarity <file>', 'how alike classes are, .npy [classes, classes] (default: not at all)')
    .addOption(new Option('--init <how>', 'first centres').choices(CENTER_STARTS).default('greedy'))
    .addOption(new Option('--variant <which>', 'updates').choices(CENTER_VARIANTS).default('official'))
    .option('--seed <n>', 'of the first centres', parseNatural, 0)
    .option('--min-distance <n>', 'least distance (default: the Gilbert-Varshamov bound)', parseCount)
    .option('--descend', 'end with a descent bit by bit, which is no part of SHC')
    .option('--out <file>', 'file to write, .npy')
    .addOption(jsonOption())
    .addHelpText('after', EXAMPLES)
    .action(async (file: string | undefined, options: CentersOptions) => {
      const { stdout, env } = surroundings;
      const report = await (file === undefined
        ? makeCenters(surroundings, options)
        : inspectCenters(surroundings, file, options));
      if (options.json === true) stdout.write(`${JSON.stringify(report, null, 2)}\n`);
      else stdout.write(statisticsTable(report, styleFor(stdout, env).bold));
    });
}

/** Statistics of centres: as they are and, where they were made, of the first ones. */
interface CentersReport {
  readonly minDistance?: number;
  readonly start?: CenterStatistics;
  readonly end: CenterStatistics;
}

async function makeCenters(around: Surroundings, options: CentersOptions): Promise<CentersReport> {
  const { bits, out, init, variant, seed, minDistance, descend = false } = options;
  if (bits === undefined) throw new UsageError('centers: expected --bits, or a file to look into.');
  const path = out === undefined ? undefined : resolve(around.cwd, requireNpy(out));
  const similarity = await similarityFor(around, options);
  const choice = { similarity, bits, init, variant, seed, minDistance, descend };
  const { centers, ...found } = await search(around, choice);
  const { classes } = similarity;
  const report = { classes, bits, init, variant, seed, descend, ...found };
  if (path !== undefined) await writeCenters(path, centers, report);
  return report;
}

/** @throws InterruptedError  once the user has asked to stop */
async function search(
  around: Surroundings,
  choice: Parameters<typeof searchCenters>[0],
): Promise<SemanticHashCenters> {
  const { signal, release } = listenForStop(around);
  try {
    return await runStepsInTurns(searchCenters(choice), { signal });
  } catch (error) {
    if (signal.aborted && isAbort(error)) throw new InterruptedError('Stopped. Nothing was written.');
    throw error;
  } finally {
    release();
  }
}

async function inspectCenters(
  around: Surroundings,
  file: string,
  options: CentersOptions,
): Promise<CentersReport> {
  const centers = await readCenters(resolve(around.cwd, file));
  const similarity = await similarityFor(around, { ...options, classes: options.classes ?? centers.classes });
  if (similarity.classes !== centers.classes) {
    throw new UsageError(`${file} has ${centers.classes} classes, but ${similarity.classes} were named.`);
  }
  return { end: centerStatistics(centers, similarity) };
}

/** The similarity of the file, or that of classes which are nothing alike. */
async function similarityFor(
  { cwd }: Surroundings,
  { similarity: file, classes }: Pick<CentersOptions, 'similarity' | 'classes'>,
): Promise<Similarity> {
  if (file === undefined) {
    if (classes === undefined) throw new UsageError('centers: expected --classes or --similarity.');
    const data = Float64Array.from({ length: classes ** 2 }, (_, at) => (at % (classes + 1) === 0 ? 1 : 0));
    return { classes, data };
  }
  const similarity = await readSimilarity(resolve(cwd, file));
  if (classes === undefined || classes === similarity.classes) return similarity;
  throw new UsageError(`${file} is of ${similarity.classes} classes, but ${classes} were named.`);
}

const ROWS: readonly (readonly [title: string, value: (statistics: CenterStatistics) => number])[] = [
  ['classes', ({ classes }) => classes],
  ['bits', ({ bits }) => bits],
  ['least distance', ({ leastDistance }) => leastDistance],
  ['pairs at it', ({ pairsAtLeastDistance }) => pairsAtLeastDistance],
  ['mean distance', ({ meanDistance }) => meanDistance],
  ['variance of distance', ({ varianceOfDistance }) => varianceOfDistance],
  ['greatest distance', ({ greatestDistance }) => greatestDistance],
  ['semantic loss', ({ loss }) => loss],
];

function statisticsTable({ minDistance, start, end }: CentersReport, bold: (text: string) => string): string {
  const parts = start === undefined ? [end] : [start, end];
  const titles = start === undefined ? ['centres'] : ['first centres', 'centres'];
  const columns = ['', ...titles].map((title, i) => ({ title, align: i === 0 ? 'left' : 'right' }) as const);
  const rows = ROWS.map(([title, value]) => [title, ...parts.map((part) => formatNumber(value(part)))]);
  const [heading = '', ...lines] = formatTable(columns, rows);
  const asked = minDistance === undefined ? [] : [`least distance asked for: ${minDistance}`, ''];
  return [...asked, bold(heading), ...lines, ''].join('\n');
}

function formatNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(4);
}
