import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { reportOnTraining } from '../report/reportOnTraining.js';
import { runTraining, type TrainedRun, type TrainingRequest } from '../run/runTraining.js';
import { SELECTIONS } from '../run/plan.js';
import { SELECTED } from '../run/selected.js';
import type { Surroundings } from '../surroundings.js';
import { resultsTable } from './resultsTable.js';
import { styleFor, type Style } from '../terminal/style.js';
import {
  backendOption,
  badImagesOption,
  deviceOption,
  collect,
  dataOption,
  jsonOption,
  parseCount,
  parseCounts,
  parseNatural,
  workersOption,
} from './parseOptions.js';

interface TrainOptions extends Omit<TrainingRequest, 'set'> {
  readonly set?: readonly string[];
  readonly json?: true;
  readonly report: boolean;
}

const EXAMPLES = `
Examples:
  $ hash-runner train wch                                the quick recipe: minutes on two cores
  $ hash-runner train wch --recipe paper --bits 32       the paper's setting, one bit length
  $ hash-runner train wch --set epochs=3 --set dataset.name=cifar10-1
  $ hash-runner train --config dsph-coco.yaml --save-dir result/dsph --seed 1814
  $ hash-runner train wch --select validation --validation 500
  $ hash-runner train wch --resume runs/20261121-081530-wch-shapes
  $ hash-runner train ./my-method.js                     a module that exports a Method

Ctrl-C finishes the step, saves, and says how to go on; a second Ctrl-C stops at once.
`;

export function addTrainCommand(program: Command, surroundings: Surroundings): void {
  program
    .command('train')
    .summary('train a method, measure it, write a run folder')
    .description(
      'Trains one model for each bit length and measures it, beside its untrained network and random codes. ' +
        'Everything goes to a run folder: settings, split, checkpoints, models, codes and results.',
    )
    .argument(
      '[method]',
      'name of a method, path of a module (with #name where it exports several), or package',
    )
    .option('--method <name>', 'the method, for scripts that add options; goes before the argument')
    .option('--config <file>', 'settings in YAML or JSON, between the recipe and the command line')
    .option('--recipe <name>', 'settings of the method to start from (default: quick)')
    .option('--bits <list>', 'bit lengths, by commas (default: of the recipe)', parseCounts)
    .option('--seed <n>', 'of everything random (default: 0)', parseNatural)
    .option('--set <key=value>', 'change a value of the recipe; may come several times', collect)
    .addOption(dataOption())
    .addOption(backendOption())
    .addOption(deviceOption())
    .addOption(new Option('--run <folder>', 'folder of this run (default: runs/<time>-<method>-<data set>)'))
    .addOption(
      new Option(
        '--save-dir <folder>',
        'in which that folder is made, named for the time (default: runs)',
      ).conflicts('run'),
    )
    .addOption(
      new Option('--resume <folder>', 'go on with this run; its settings stay').conflicts([
        'run',
        'saveDir',
        'config',
      ]),
    )
    .addOption(
      new Option(
        '--select <how>',
        'whose parameters to keep: those of the last epoch, or of the best by a split (default: last)',
      ).choices(SELECTIONS),
    )
    .option('--validation <count>', 'items to cut from train for validation (default: a tenth)', parseCount)
    .option(
      '--split <path>',
      "split.json of a run, or a folder of lists train, query, database (default: the protocol's own)",
    )
    .addOption(badImagesOption())
    .option('--tensorboard', 'take down loss and metrics for TensorBoard, in tensorboard/ of the run folder')
    .option('--no-report', 'do without report.html, which takes some seconds')
    .addOption(workersOption())
    .addOption(jsonOption())
    .addHelpText('after', EXAMPLES)
    .action(async (method: string | undefined, options: TrainOptions) => {
      const { stdout, stderr, env } = surroundings;
      const { dim } = styleFor(stderr, env);
      const say = (line: string) => void stderr.write(`${dim(line)}\n`);
      const request = {
        ...options,
        method: options.method ?? method,
        split: options.split && resolve(surroundings.cwd, options.split),
        set: options.set ?? [],
      };
      const trained = await runTraining(surroundings, request, say);
      if (options.json === true) stdout.write(`${JSON.stringify(trained, null, 2)}\n`);
      else stdout.write(describeTraining(trained, styleFor(stdout, env)));
      if (options.report) await reportOnTraining(trained.run, surroundings, options, say);
    });
}

function describeTraining({ run, plan, outcomes }: TrainedRun, { bold }: Style): string {
  const { method, protocol, engine } = outcomes[0]!.results;
  const [titles = '', ...rows] = resultsTable(outcomes);
  const heading = `${method} on ${protocol}, recipe ${plan.recipe}, seed ${plan.seed}, engine ${engine}`;
  return ['', heading, SELECTED[plan.select], '', bold(titles), ...rows, '', `results: ${run}`, ''].join(
    '\n',
  );
}
