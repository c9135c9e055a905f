import { resolve } from 'node:path';
import { checkDataset, type DatasetCheck } from '@hash/datasets';
import type { Command } from 'commander';
import { InterruptedError, isAbort } from '../../errors.js';
import { datasetSettings } from '../../run/datasetSettings.js';
import { defaultWorkers } from '../../run/openDataset.js';
import { listenForStop } from '../../run/stopSignal.js';
import { dataFolder, type Surroundings } from '../../surroundings.js';
import { styleFor, type Style } from '../../terminal/style.js';
import { formatTable, type Column } from '../../terminal/table.js';
import { IMAGES, showWork } from '../../terminal/workProgress.js';
import { collect, dataOption, jsonOption, parseNatural, workersOption } from '../parseOptions.js';
import { COUNTS, formatCount } from './counts.js';

interface Options {
  readonly data?: string;
  readonly set?: readonly string[];
  readonly split?: string;
  readonly seed?: number;
  readonly decode: boolean;
  readonly workers?: number;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  $ hash-runner data check cifar10
  $ hash-runner data check coco --no-decode              only looks whether the images are there
  $ hash-runner data check files --set folder=mine --set images=photos

Exit code 1 where something keeps the data set from being used.
`;

export function addDataCheckCommand(data: Command, surroundings: Surroundings): void {
  data
    .command('check')
    .description(
      'Reads all of a data set: whether files are missing or damaged, labels fit and parts are apart; and counts its items.',
    )
    .argument('<set>', 'name of a data set')
    .option('--set <key=value>', 'change an option of the data set; may come several times', collect)
    .option('--split <path>', 'check this split instead of that of the protocol')
    .option('--seed <n>', 'of the split (default: 0)', parseNatural)
    .option('--no-decode', 'only look whether the images are there')
    .addOption(dataOption())
    .addOption(workersOption())
    .addOption(jsonOption())
    .addHelpText('after', EXAMPLES)
    .action(async (name: string, options: Options) => {
      const { stdout, env } = surroundings;
      const found = await check(surroundings, name, options);
      if (options.json === true) stdout.write(`${JSON.stringify(found, null, 2)}\n`);
      else stdout.write(describeCheck(found, styleFor(stdout, env)));
      const { length } = found.problems;
      if (length > 0)
        throw new Error(
          `${name}: ${length === 1 ? 'a problem' : `${length} problems`} must be mended first.`,
        );
    });
}

async function check(
  around: Surroundings,
  name: string,
  { data, set = [], split, seed, decode, workers = defaultWorkers() }: Options,
): Promise<DatasetCheck> {
  const options = datasetSettings(name, set);
  const { onProgress, stop } = showWork(around.stderr, around.seconds, IMAGES);
  const { signal, release } = listenForStop(around, stop);
  try {
    return await checkDataset(name, {
      ...{ root: dataFolder(around, data), options, seed, decode, workers, signal },
      split: split && resolve(around.cwd, split),
      onProgress: (done, total) => onProgress({ label: `${name}: checking`, done, total }),
    });
  } catch (error) {
    throw signal.aborted && isAbort(error) ? new InterruptedError('Stopped.') : error;
  } finally {
    stop();
    release();
  }
}

const COLUMNS: readonly Column[] = [
  { title: '', align: 'left' },
  { title: 'found', align: 'right' },
  { title: 'published', align: 'right' },
  { title: '', align: 'left' },
];

function describeCheck(
  { name, counts, published, sha256, images, problems, notes, more }: DatasetCheck,
  { bold, green, yellow, red }: Style,
): string {
  const rows = COUNTS.map((count) => {
    const [found, expected] = [counts?.[count], published?.[count]];
    const differs = found !== undefined && expected !== undefined && found !== expected;
    return [count, formatCount(found), formatCount(expected), differs ? 'differs' : ''];
  });
  const [titles = '', ...lines] = formatTable(COLUMNS, rows);
  const table =
    counts === undefined
      ? []
      : [bold(titles), ...lines, '', `split ${sha256!}`, `${formatCount(images)} images looked at`];
  return [
    ...table,
    ...problems.map((problem) => `${red('✗')} ${problem}`),
    ...notes.map((note) => `${yellow('–')} ${note}`),
    ...(more === 0 ? [] : [`and ${more} more`]),
    ...(problems.length === 0 ? [`${green('✓')} ${name} can be used`] : []),
    '',
  ].join('\n');
}
