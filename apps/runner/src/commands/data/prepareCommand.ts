import { Option, type Command } from 'commander';
import { prepareData, type PreparedData, type PrepareRequest } from '../../run/prepareData.js';
import type { Surroundings } from '../../surroundings.js';
import { styleFor } from '../../terminal/style.js';
import {
  badImagesOption,
  collect,
  dataOption,
  jsonOption,
  parseCount,
  workersOption,
} from '../parseOptions.js';

const EXAMPLES = `
Examples:
  $ hash-runner data prepare coco --size 224            for views that begin with resize 224
  $ hash-runner data prepare coco --size original       for all views, in a larger file
  $ hash-runner data prepare folder --size 256 --set folder=photos --bad-images skip

Training takes what is packed wherever that gives the very pixels that it would get from the files, and says so.
Stopped, the same command goes on where it was; it also adds what is new and makes what is damaged or changed anew.
`;

interface Options extends Omit<PrepareRequest, 'name' | 'set' | 'size'> {
  readonly size: number | 'original';
  readonly set?: readonly string[];
  readonly json?: true;
}

export function addDataPrepareCommand(data: Command, surroundings: Surroundings): void {
  data
    .command('prepare')
    .summary('decode and resize images once')
    .description(
      'Packs the images of a data set: decoded and resized, with checksums, in .packed of their folder.',
    )
    .argument('<name>', 'name of a data set of image files')
    .requiredOption('--size <pixels>', 'shorter side of the packed images, or original', parseSize)
    .addOption(
      new Option('--interpolation <how>', 'as the views of the method have it')
        .choices(['bilinear', 'bicubic'])
        .default('bilinear'),
    )
    .option('--set <option=value>', 'change an option of the data set; may come several times', collect)
    .addOption(badImagesOption())
    .addOption(dataOption())
    .addOption(workersOption())
    .addOption(jsonOption())
    .addHelpText('after', EXAMPLES)
    .action(async (name: string, { size, set = [], json, ...options }: Options) => {
      const request = { ...options, name, set, size: size === 'original' ? null : size };
      const prepared = await prepareData(surroundings, request);
      if (json === true) surroundings.stdout.write(`${JSON.stringify(prepared, null, 2)}\n`);
      else surroundings.stdout.write(describe(prepared, surroundings));
    });
}

function parseSize(text: string): number | 'original' {
  return text === 'original' ? text : parseCount(text);
}

function describe({ folder, added, kept, bad }: PreparedData, { stdout, env }: Surroundings): string {
  const { bold } = styleFor(stdout, env);
  const left = bad.length > 0 ? [`left out: ${bad.length}`, ...bad.map(({ reason }) => `  ${reason}`)] : [];
  const counts = kept > 0 ? `${added} added, ${kept} were there` : `${added}`;
  return [bold(`packed images: ${counts}`), folder, ...left, ''].join('\n');
}
