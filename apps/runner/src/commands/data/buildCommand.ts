import { resolve } from 'node:path';
import { buildableDatasets, buildDataset } from '@hash/datasets';
import type { Command } from 'commander';
import { InterruptedError, isAbort, UsageError } from '../../errors.js';
import { listenForStop } from '../../run/stopSignal.js';
import { didYouMean } from '../../run/suggest.js';
import type { Surroundings } from '../../surroundings.js';
import { BYTES, showWork } from '../../terminal/workProgress.js';
import { parseNatural } from '../parseOptions.js';
import { formatCount } from './counts.js';

interface Options {
  readonly from: string;
  readonly to: string;
  readonly seed?: number;
}

export function addDataBuildCommand(data: Command, surroundings: Surroundings): void {
  const needs = Array.from(buildableDatasets(), ([name, files]) => `  ${name.padEnd(15)} ${files}`);
  data
    .command('build')
    .description(
      'Makes the lists of a data set of what its publishers give out: which image has which labels, and a seeded split.',
    )
    .argument('<set>', 'name of a data set')
    .requiredOption('--from <folder>', 'folder of the original release')
    .requiredOption('--to <folder>', 'folder to write the lists to, such as <data sets>/coco')
    .option('--seed <n>', 'of the split, as NumPy permutes (default: 0)', parseNatural)
    .addHelpText('after', `\nOf the release are needed:\n${needs.join('\n')}\n`)
    .action((name: string, options: Options) => build(surroundings, name, options));
}

async function build(around: Surroundings, name: string, { from, to, seed }: Options): Promise<void> {
  const names = [...buildableDatasets().keys()];
  if (!names.includes(name))
    throw new UsageError(
      `No builder of '${name}'.${didYouMean(name, names)} There are: ${names.join(', ')}.`,
    );
  const { onProgress, stop } = showWork(around.stderr, around.seconds, BYTES);
  const { signal, release } = listenForStop(around, stop);
  try {
    const folders = { from: resolve(around.cwd, from), to: resolve(around.cwd, to) };
    const { counts, classes } = await buildDataset(name, {
      ...{ ...folders, seed, signal },
      onProgress: (done) => onProgress({ label: `${name}: reading`, done, total: null }),
    });
    stop();
    const parts = Object.entries(counts).map(([part, count]) => `${formatCount(count)} ${part}`);
    around.stdout.write(`${name}: ${parts.join(', ')}, ${formatCount(classes)} classes: ${folders.to}\n`);
  } catch (error) {
    throw signal.aborted && isAbort(error) ? new InterruptedError('Stopped; nothing was written.') : error;
  } finally {
    stop();
    release();
  }
}
