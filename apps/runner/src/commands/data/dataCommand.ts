import type { Command } from 'commander';
import type { Surroundings } from '../../surroundings.js';
import { addDataBuildCommand } from './buildCommand.js';
import { addDataCheckCommand } from './checkCommand.js';
import { addDataDownloadCommand } from './downloadCommand.js';
import { addDataInfoCommand } from './infoCommand.js';
import { addDataListCommand } from './listCommand.js';
import { addDataPrepareCommand } from './prepareCommand.js';

const EXAMPLES = `
Examples:
  $ hash-runner data list
  $ hash-runner data info coco
  $ hash-runner data download cifar10
  $ hash-runner data build coco --from ~/mscoco --to ~/data/coco
  $ hash-runner data check manifest --set file=photos/items.jsonl
  $ hash-runner data prepare coco --size 224
`;

/** Commands that are about data sets. */
export function addDataCommand(program: Command, surroundings: Surroundings): void {
  const data = program
    .command('data')
    .summary('list, check, download and build data sets')
    .description('Data sets: what there is, what lies here, and whether it is as its publishers say.')
    .addHelpText('afterAll', EXAMPLES);
  addDataListCommand(data, surroundings);
  addDataInfoCommand(data, surroundings);
  addDataCheckCommand(data, surroundings);
  addDataDownloadCommand(data, surroundings);
  addDataBuildCommand(data, surroundings);
  addDataPrepareCommand(data, surroundings);
}
