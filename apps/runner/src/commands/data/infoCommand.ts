import { datasetInfo, datasetOptions, datasetStatus, isDownloadable } from '@hash/datasets';
import type { Command } from 'commander';
import { checkDatasetName } from '../../run/datasetSettings.js';
import { describeSchema } from '../../run/describeSchema.js';
import { dataFolder, type Surroundings } from '../../surroundings.js';
import { styleFor } from '../../terminal/style.js';
import { formatTable, leftColumns } from '../../terminal/table.js';
import { dataOption, jsonOption } from '../parseOptions.js';
import { COUNTS, formatCount } from './counts.js';

interface Options {
  readonly data?: string;
  readonly json?: true;
}

export function addDataInfoCommand(data: Command, surroundings: Surroundings): void {
  data
    .command('info')
    .description('Tells what a data set is, where it comes from, how many items it has, and its options.')
    .argument('<set>', 'name of a data set')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (name: string, { data: folder, json }: Options) => {
      checkDatasetName(name);
      const { stdout, env } = surroundings;
      const status = await datasetStatus(name, dataFolder(surroundings, folder));
      const info = datasetInfo(name);
      const options = describeSchema(datasetOptions(name));
      if (json === true) {
        stdout.write(`${JSON.stringify({ name, ...info, ...status, options }, null, 2)}\n`);
        return;
      }
      const { bold } = styleFor(stdout, env);
      const counts = COUNTS.flatMap((count) =>
        info.counts?.[count] === undefined ? [] : [`${formatCount(info.counts[count])} ${count}`],
      );
      const facts = [
        ['what it is', info.title],
        ['modalities', info.modalities.join(', ')],
        ...(counts.length === 0 ? [] : [['as published', counts.join(', ')]]),
        ...(info.source === null ? [] : [['source', info.source]]),
        ['licence', info.licence],
        ['read more', `datasets/${info.readme}/README.md`],
        status.found
          ? ['here', status.detail]
          : ['not here', isDownloadable(name) ? `hash-runner data download ${name}` : status.detail],
      ];
      const [, ...lines] = formatTable(leftColumns('', ''), facts);
      const rows = options.map(({ key, byDefault, description }) => [key, byDefault, description]);
      const [titles = '', ...settings] = formatTable(leftColumns('option', 'default', 'what it is'), rows);
      const table = rows.length === 0 ? [] : ['', bold(titles), ...settings];
      stdout.write([bold(name), ...lines, ...table, ''].join('\n'));
    });
}
