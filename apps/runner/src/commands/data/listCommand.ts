import { datasetInfo, datasetNames, datasetStatus } from '@hash/datasets';
import type { Command } from 'commander';
import { dataFolder, type Surroundings } from '../../surroundings.js';
import { styleFor } from '../../terminal/style.js';
import { formatTable, type Column } from '../../terminal/table.js';
import { dataOption, jsonOption } from '../parseOptions.js';
import { COUNTS, formatCount } from './counts.js';

interface Options {
  readonly data?: string;
  readonly json?: true;
}

const COLUMNS: readonly Column[] = [
  { title: 'data set', align: 'left' },
  { title: 'what it is', align: 'left' },
  ...COUNTS.map((title): Column => ({ title, align: 'right' })),
  { title: 'here', align: 'left' },
];

export function addDataListCommand(data: Command, surroundings: Surroundings): void {
  data
    .command('list')
    .description('Lists the data sets by the names that --set dataset.name takes, and whether they are here.')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async ({ data: folder, json }: Options) => {
      const { stdout, env } = surroundings;
      const root = dataFolder(surroundings, folder);
      const sets = await Promise.all(
        datasetNames().map(async (name) => ({
          name,
          ...datasetInfo(name),
          ...(await datasetStatus(name, root)),
        })),
      );
      if (json === true) {
        stdout.write(`${JSON.stringify(sets, null, 2)}\n`);
        return;
      }
      const rows = sets.map(({ name, title, counts, found }) => [
        name,
        title,
        ...COUNTS.map((count) => formatCount(counts?.[count])),
        found ? 'yes' : '',
      ]);
      const [titles = '', ...lines] = formatTable(COLUMNS, rows);
      stdout.write([styleFor(stdout, env).bold(titles), ...lines, ''].join('\n'));
    });
}
