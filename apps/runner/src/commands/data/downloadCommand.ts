import { createDataset, datasetInfo, datasetStatus, isDownloadable } from '@hash/datasets';
import type { Command } from 'commander';
import { InterruptedError, isAbort, UsageError } from '../../errors.js';
import { checkDatasetName } from '../../run/datasetSettings.js';
import { listenForStop } from '../../run/stopSignal.js';
import { dataFolder, type Surroundings } from '../../surroundings.js';
import { showDownload } from '../../terminal/downloadProgress.js';
import { dataOption } from '../parseOptions.js';

export function addDataDownloadCommand(data: Command, surroundings: Surroundings): void {
  data
    .command('download')
    .description(
      'Downloads a data set, where its publishers let a program do that. Stopped or cut off, the same command goes on where it was.',
    )
    .argument('<set>', 'name of a data set')
    .addOption(dataOption())
    .action((name: string, { data: folder }: { readonly data?: string }) =>
      download(surroundings, name, dataFolder(surroundings, folder)),
    );
}

async function download(around: Surroundings, name: string, root: string): Promise<void> {
  checkDatasetName(name);
  const before = await datasetStatus(name, root);
  const say = (line: string) => void around.stderr.write(`${line}\n`);
  if (before.found) return say(`${name} is here already: ${before.detail}`);
  const { source, readme } = datasetInfo(name);
  if (!isDownloadable(name))
    throw new UsageError(
      `${name} cannot be downloaded by a program.${source === null ? '' : ` It is published at ${source}.`} What to do with it: datasets/${readme}/README.md, or hash-runner data info ${name}.`,
    );
  const { onProgress, stop } = showDownload(around.stderr, `${name}: downloading`, around.seconds);
  const { signal, release } = listenForStop(around, stop);
  try {
    // Opened, it is known to be whole.
    await (await createDataset(name, { root, signal, onProgress })).dispose();
  } catch (error) {
    throw signal.aborted && isAbort(error)
      ? new InterruptedError('Stopped; the same command goes on where it was.')
      : error;
  } finally {
    stop();
    release();
  }
  say(`${name}: ${(await datasetStatus(name, root)).detail}`);
}
