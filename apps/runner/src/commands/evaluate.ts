import { resolve } from 'node:path';
import type { ApDenominator, MetricChoice, Ties } from '@hash/core';
import { Option, type Command } from 'commander';
import { evaluateRun, type Evaluated } from '../run/evaluateRun.js';
import type { Surroundings } from '../surroundings.js';
import { formatValue } from '../terminal/formatMetric.js';
import { styleFor } from '../terminal/style.js';
import { formatTable, type Column } from '../terminal/table.js';
import { jsonOption, parseCounts, parseCutoffs, parseNatural } from './parseOptions.js';

const EXAMPLES = `
Examples:
  $ hash-runner evaluate runs/20261121-081530-wch-shapes --map-at 100,1000,all
  $ hash-runner evaluate runs/20261121-081530-wch-shapes --denominator relevant --ties average
  $ hash-runner evaluate runs/20261121-081530-wch-shapes --bits 32 --precision-at 1,10,100 --pr rank --json
`;

/** The words of the command line for what average precision divides by. */
const DENOMINATORS: Readonly<Record<string, ApDenominator>> = {
  hits: 'hits',
  relevant: 'relevant',
  min: 'min(k, relevant)',
  first: 'first k relevant',
};

interface EvaluateOptions {
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
    .summary('measure the saved codes of a run again')
    .description(
      'Measures the codes that a run has saved, by other metrics or rules. What is not said is as in the run.',
    )
    .argument('<run>', 'run folder')
    .option('--bits <list>', 'bit lengths, by commas (default: all)', parseCounts)
    .option('--map-at <list>', 'k of mAP@k, by commas: numbers, or all', parseCutoffs)
    .addOption(
      new Option(
        '--denominator <what>',
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
    .addOption(jsonOption())
    .addHelpText('after', EXAMPLES)
    .action(async (run: string, options: EvaluateOptions) => {
      const { stdout, env, cwd } = surroundings;
      const { bits, pr: curve } = options;
      const evaluated = await evaluateRun(resolve(cwd, run), cwd, { bits, curve, choice: choiceOf(options) });
      if (options.json === true) stdout.write(`${JSON.stringify(evaluated, null, 2)}\n`);
      else stdout.write(evaluationTables(evaluated, styleFor(stdout, env).bold));
    });
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
