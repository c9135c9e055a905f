import type { ApDenominator, MetricChoice, Ties } from '@hash/core';
import { Option, type Command } from 'commander';
import { UsageError } from '../errors.js';
import type { Coding } from '../run/coding.js';
import { evaluateCodes, type CodesRequest } from '../run/evaluateCodes.js';
import { evaluateRun, type Evaluated, type EvaluationRequest } from '../run/evaluateRun.js';
import type { Surroundings } from '../surroundings.js';
import { formatValue } from '../terminal/formatMetric.js';
import { styleFor } from '../terminal/style.js';
import { formatTable, type Column } from '../terminal/table.js';
import { QUERIES, showWork } from '../terminal/workProgress.js';
import {
  backendOption,
  codingOption,
  dataOption,
  deviceOption,
  jsonOption,
  parseCounts,
  parseCutoffs,
  parseNatural,
  threadsOption,
  workersOption,
} from './parseOptions.js';

const EXAMPLES = `
Examples:
  $ hash-runner evaluate runs/20261121-081530-wch-shapes --map-at 100,1000,all
  $ hash-runner evaluate runs/20261121-081530-wch-shapes --denominator relevant --ties average
  $ hash-runner evaluate runs/20261121-081530-wch-shapes --bits 32 --precision-at 1,10,100 --pr rank --json
  $ hash-runner evaluate runs/20261121-081530-dsph-coco --encode --map-at 5000 --denominator first
  $ hash-runner evaluate --codes 64-coco-i2t.mat --map-at 5000 --denominator first
  $ hash-runner evaluate --codes database.npy --labels database-labels.npy --queries queries.npy --query-labels query-labels.npy
  $ hash-runner evaluate --codes all.h5:database --queries all.h5:query --labels all.h5:database_y --query-labels all.h5:query_y

Codes of other programs: .npy, .npz, .safetensors, .mat or HDF5; -1/+1, 0/1, reals (x >= 0 is 1) or, with --bits, bytes.
Labels: a class for each item, or zeros and ones for each item and class.
`;

/** The words of the command line for what average precision divides by. */
const DENOMINATORS: Readonly<Record<string, ApDenominator>> = {
  hits: 'hits',
  relevant: 'relevant',
  min: 'min(k, relevant)',
  first: 'first k relevant',
};

interface EvaluateOptions
  extends
    Partial<Pick<CodesRequest, 'codes' | 'labels' | 'queries' | 'queryLabels'>>,
    Pick<EvaluationRequest, 'encode' | 'data' | 'backend' | 'device' | 'workers'> {
  readonly coding?: Coding;
  readonly threads?: number;
  readonly bits?: readonly number[];
  readonly mapAt?: MetricChoice['mapAt'];
  readonly denominator?: string;
  readonly precisionAt?: readonly number[];
  readonly recallAt?: readonly number[];
  readonly ties?: Ties;
  readonly seed?: number;
  readonly pr?: 'rank' | 'radius';
  readonly json?: true;
}

export function addEvaluateCommand(program: Command, surroundings: Surroundings): void {
  program
    .command('evaluate')
    .summary('measure the saved codes of a run again, or codes of any program')
    .description(
      'Measures the codes that a run has saved, by other metrics or rules; what is not said is as in the run. ' +
        'Or measures codes that any program has made.',
    )
    .argument('[run]', 'run folder')
    .option(
      '--codes <file>',
      'codes of the database; or of both, by the names q_img, q_txt, r_img, r_txt, q_l and r_l (labels)',
    )
    .option('--labels <file>', 'labels of the database')
    .option('--queries <file>', 'codes of the queries')
    .option('--query-labels <file>', 'labels of the queries')
    .addOption(codingOption())
    .option(
      '--bits <list>',
      'bit lengths of a run, by commas (default: all); of packed codes, their length',
      parseCounts,
    )
    .option('--map-at <list>', 'k of mAP@k, by commas: numbers, or all', parseCutoffs)
    .addOption(
      new Option(
        '--definition, --denominator <what>',
        'what average precision divides by: the hits in the top k, all relevant items, min(k, relevant), ' +
          'or the first k relevant items wherever they rank (default: hits)',
      ).choices(Object.keys(DENOMINATORS)),
    )
    .option('--precision-at <list>', 'N of precision@N, by commas', parseCounts)
    .option('--recall-at <list>', 'N of recall@N, by commas', parseCounts)
    .addOption(
      new Option(
        '--ties <rule>',
        'whose turn it is at equal distance: database order, that order shuffled once, or the mean over all orders ' +
          '(default: stable)',
      ).choices(['stable', 'shuffled', 'average']),
    )
    .option('--seed <n>', 'of the shuffling (default: 0)', parseNatural)
    .addOption(new Option('--pr <by>', 'add the precision-recall curve').choices(['rank', 'radius']))
    .addOption(threadsOption('all cores, where that is faster'))
    .option('--encode', 'of a run: encode queries and database anew with its models, and measure these codes')
    .addOption(dataOption())
    .addOption(backendOption())
    .addOption(deviceOption())
    .addOption(workersOption())
    .addOption(jsonOption())
    .addHelpText('after', EXAMPLES)
    .action(async (run: string | undefined, options: EvaluateOptions) => {
      const { stdout, env } = surroundings;
      const evaluated = await evaluate(run, options, surroundings);
      if (options.json === true) stdout.write(`${JSON.stringify(evaluated, null, 2)}\n`);
      else stdout.write(evaluationTables(evaluated, styleFor(stdout, env).bold));
    });
}

async function evaluate(
  run: string | undefined,
  options: EvaluateOptions,
  around: Surroundings,
): Promise<readonly Evaluated[]> {
  const { bits, pr: curve, codes, labels, queries, queryLabels, coding, threads } = options;
  const { stderr, env } = around;
  const { dim } = styleFor(stderr, env);
  const say = (line: string) => void stderr.write(`${dim(line)}\n`);
  const choice = choiceOf(options);
  const { encode, data, backend, device, workers } = options;
  const encoding = { encode, data, backend, device, workers };
  if (codes === undefined) {
    if (run === undefined) throw new UsageError('evaluate: expected a run folder, or --codes <file>.');
    const needless = Object.entries({ labels, queries, 'query-labels': queryLabels, coding });
    const [option] = needless.find(([, value]) => value !== undefined) ?? [];
    if (option !== undefined) throw new UsageError(`--${option} goes with --codes, not with a run.`);
    const request = { bits, curve, choice, threads, ...encoding };
    return withProgress(around, (onProgress) => evaluateRun(run, around, { ...request, onProgress }, say));
  }
  if (run !== undefined)
    throw new UsageError('evaluate: expected either a run folder or --codes, but got both.');
  const [needless] = Object.entries(encoding).find(([, value]) => value !== undefined) ?? [];
  if (needless !== undefined) throw new UsageError(`--${needless} goes with a run, not with --codes.`);
  if (bits !== undefined && bits.length > 1)
    throw new UsageError(`--bits: expected one length of --codes, but got ${bits.join()}.`);
  const files = { codes, labels, queries, queryLabels };
  const request = { ...files, coding, bits: bits?.[0], choice, curve, threads };
  return withProgress(around, async (onProgress) => [
    await evaluateCodes({ ...request, onProgress }, around.cwd, say),
  ]);
}

/** Shows how measuring goes where it takes longer. */
async function withProgress<T>(
  { stderr, seconds }: Surroundings,
  measure: (onProgress: (done: number, total: number) => void) => Promise<T>,
): Promise<T> {
  const work = showWork(stderr, seconds, QUERIES, 1);
  try {
    return await measure((done, total) => work.onProgress({ label: 'measuring', done, total }));
  } finally {
    work.stop();
  }
}

/** The metrics and rules that were named; those left out are not in it. */
function choiceOf({ mapAt, denominator, precisionAt, recallAt, ties, seed }: EvaluateOptions): MetricChoice {
  const named = {
    mapAt,
    denominators: denominator === undefined ? undefined : [DENOMINATORS[denominator]!],
    precisionAt,
    recallAt,
    ties,
    seed,
  };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
}

const column = (title: string, align: Column['align']): Column => ({ title, align });

const METRIC_COLUMNS = [
  column('bits', 'right'),
  column('metric', 'left'),
  column('definition', 'left'),
  column('value', 'right'),
];

const CURVE_COLUMNS = [
  column('bits', 'right'),
  column('at', 'right'),
  column('precision', 'right'),
  column('recall', 'right'),
];

function evaluationTables(evaluated: readonly Evaluated[], bold: (text: string) => string): string {
  const print = ([titles = '', ...rows]: string[]) => [bold(titles), ...rows, ''].join('\n');
  const metrics = evaluated.flatMap(({ bits, metrics }) =>
    metrics.map(({ name, definition, value }) => [String(bits), name, definition, formatValue(value)]),
  );
  const curves = evaluated.flatMap(({ bits, curves }) =>
    curves.map(({ name, definition, at, precision, recall }) => {
      const rows = at.map((x, i) => [
        String(bits),
        String(x),
        formatValue(precision[i]),
        formatValue(recall[i]),
      ]);
      return `\n${name} (${definition})\n${print(formatTable(CURVE_COLUMNS, rows))}`;
    }),
  );
  return [print(formatTable(METRIC_COLUMNS, metrics)), ...curves].join('');
}
