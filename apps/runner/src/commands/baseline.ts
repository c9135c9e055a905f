import { Argument, type Command } from 'commander';
import {
  BASELINES,
  measureBaseline,
  type BaselineName,
  type BaselineRequest,
} from '../run/measureBaseline.js';
import type { Surroundings } from '../surroundings.js';
import { formatValue } from '../terminal/formatMetric.js';
import { styleFor } from '../terminal/style.js';
import { formatTable, type Column } from '../terminal/table.js';
import {
  backendOption,
  badImagesOption,
  deviceOption,
  collect,
  dataOption,
  jsonOption,
  parseCounts,
  parseNatural,
  workersOption,
} from './parseOptions.js';

const EXAMPLES = `
Examples:
  $ hash-runner baseline itq nsh --recipe mobilenetv2      what a method must beat on the same features
  $ hash-runner baseline lsh nsh --recipe mobilenetv2 --bits 32 --seed 1
`;

interface BaselineOptions extends Omit<BaselineRequest, 'baseline' | 'method' | 'set'> {
  readonly set?: readonly string[];
  readonly json?: true;
}

export function addBaselineCommand(program: Command, surroundings: Surroundings): void {
  program
    .command('baseline')
    .summary('measure hashing that trains no network')
    .description(
      "Makes codes of what the backbone of a method's recipe says of its images, by random planes (lsh) or by " +
        'iterative quantisation (itq), which learns from train, and measures them as the recipe asks.',
    )
    .addArgument(new Argument('<baseline>', 'which').choices(BASELINES))
    .argument('<method>', 'whose recipe names data, backbone, bit lengths and metrics')
    .option('--recipe <name>', 'of the method (default: quick)')
    .option('--bits <list>', 'bit lengths, by commas (default: of the recipe)', parseCounts)
    .option('--seed <n>', 'of the split, the planes and the first rotation (default: 0)', parseNatural)
    .option('--set <key=value>', 'change a value of the recipe; may come several times', collect)
    .addOption(dataOption())
    .addOption(backendOption())
    .addOption(deviceOption())
    .addOption(badImagesOption())
    .addOption(workersOption())
    .addOption(jsonOption())
    .addHelpText('after', EXAMPLES)
    .action(async (baseline: BaselineName, method: string, options: BaselineOptions) => {
      const { stdout, stderr, env } = surroundings;
      const { dim } = styleFor(stderr, env);
      const measured = await measureBaseline(
        surroundings,
        { ...options, baseline, method, set: options.set ?? [] },
        (line) => void stderr.write(`${dim(line)}\n`),
      );
      if (options.json === true) return void stdout.write(`${JSON.stringify(measured, null, 2)}\n`);
      const { plan, protocol, lengths } = measured;
      const [titles = '', ...rows] = formatTable(COLUMNS, lengths.flatMap(rowsOf));
      const heading = `${baseline} on ${protocol}, features of ${plan.backbone.name}, seed ${plan.seed}`;
      stdout.write([heading, '', styleFor(stdout, env).bold(titles), ...rows, ''].join('\n'));
    });
}

const COLUMNS: readonly Column[] = [
  { title: 'bits', align: 'right' },
  { title: 'metric', align: 'left' },
  { title: 'definition', align: 'left' },
  { title: 'value', align: 'right' },
];

function rowsOf({
  bits,
  metrics,
}: Awaited<ReturnType<typeof measureBaseline>>['lengths'][number]): string[][] {
  return metrics.map(({ name, definition, value }) => [String(bits), name, definition, formatValue(value)]);
}
