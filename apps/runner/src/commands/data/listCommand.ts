import { datasetNames, datasetStatus } from '@hash/datasets';
import type { Command } from 'commander';
import { dataFolder, type Surroundings } from '../../surroundings.js';
import { styleFor } from '../../terminal/style.js';
import { formatTable, leftColumns } from '../../terminal/table.js';
import { dataOption, jsonOption } from '../parseOptions.js';

interface Options {
  readonly data?: string;
  readonly json?: true;
}

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
        datasetNames().map(async (name) => ({ name, ...(await datasetStatus(name, root)) })),
      );
      if (json === true) {
        stdout.write(`${JSON.stringify(sets, null, 2)}\n`);
        return;
      }
      const rows = sets.map(({ name, found }) => [name, found ? 'yes' : '']);
      const [titles = '', ...lines] = formatTable(leftColumns('data set', 'here'), rows);
      stdout.write([styleFor(stdout, env).bold(titles), ...lines, ''].join('\n'));
    });
}
