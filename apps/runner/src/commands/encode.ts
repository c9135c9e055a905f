import { Option, type Command } from 'commander';
import { UsageError } from '../errors.js';
import { PARTS } from '../run/datasetPart.js';
import { encodeFeatures, type FeaturesRequest } from '../run/encodeFeatures.js';
import { encodePart, type EncodeRequest } from '../run/encodePart.js';
import type { Surroundings } from '../surroundings.js';
import { styleFor } from '../terminal/style.js';
import {
  backendOption,
  badImagesOption,
  deviceOption,
  collect,
  dataOption,
  parseCount,
  workersOption,
} from './parseOptions.js';

const EXAMPLES = `
Examples:
  $ hash-runner encode runs/20261121-081530-wch-shapes --part train --bits 32 --out train.npy
  $ hash-runner encode runs/20261121-081530-wch-cifar10 --part query --dataset cifar10-1 --out codes.npy
  $ hash-runner encode --features --backbone mobilenet-v2 --weights mobilenet_v2_1.0_224.npz \\
      --set size=128 --set batchNorm=folded --images photos --out photos.safetensors
  $ hash-runner encode --features --backbone resnet50 --weights resnet50-0676ba61.pth \\
      --dataset cifar10-1 --part database --out database.npy

Codes are a matrix of bytes, [items, ceil(bits / 8)], for numpy.load; bit i of a code is bit (i & 7) of byte (i >> 3).
Features are float32 [items, width], in .npy, .safetensors or .h5; images of a folder come in the order of their paths.
Stopped while it computes features, the same command goes on where it was.
`;

interface EncodeOptions extends Omit<EncodeRequest, 'run' | 'part'>, Omit<FeaturesRequest, 'run' | 'set'> {
  readonly features?: true;
  readonly set?: readonly string[];
}

export function addEncodeCommand(program: Command, surroundings: Surroundings): void {
  program
    .command('encode')
    .summary('encode images with a trained model, or compute their features')
    .description(
      'Encodes a part of a data set with a model of a run, and writes the codes as a .npy file. With --features it writes ' +
        'what a backbone computes instead, for a part of a data set or a folder of images.',
    )
    .argument('[run]', 'run folder')
    .addOption(new Option('--part <part>', 'part of the data set').choices(PARTS))
    .requiredOption('--out <file>', 'file to write')
    .option('--bits <n>', "bit length of the model (default: the run's, where it has one)", parseCount)
    .option('--length <n>', 'of the codes, where the model makes others beside its bit length', parseCount)
    .addOption(
      new Option('--modality <modality>', "what to encode of an item (default: the method's first)").choices([
        'image',
        'text',
      ]),
    )
    .option('--dataset <name>', "another data set than the run's")
    .option('--features', "write the backbone's features instead of codes")
    .option('--images <folder>', 'for features: images of a folder and those below it')
    .option('--backbone <name>', 'for features: a backbone without a run')
    .option('--weights <file>', "for --backbone: here, or in weights/ of the data sets' folder")
    .option('--set <option=value>', 'for --backbone: change an option; may come several times', collect)
    .addOption(dataOption())
    .addOption(backendOption())
    .addOption(deviceOption())
    .addOption(badImagesOption())
    .addOption(workersOption())
    .addHelpText('after', EXAMPLES)
    .action(async (run: string | undefined, { features, set, ...options }: EncodeOptions) => {
      const { stderr, env } = surroundings;
      const { dim } = styleFor(stderr, env);
      const say = (line: string) => void stderr.write(`${dim(line)}\n`);
      if (features === true) return encodeFeatures(surroundings, { ...options, run, set: set ?? [] }, say);
      await encodePart(surroundings, codesRequest(run, { ...options, set }), say);
    });
}

/** @throws UsageError  where something is missing, or only goes with `--features` */
function codesRequest(run: string | undefined, options: Omit<EncodeOptions, 'features'>): EncodeRequest {
  const { part, images, badImages, backbone, weights, set, ...request } = options;
  if (run === undefined || part === undefined)
    throw new UsageError('encode: expected a run folder and --part; or --features, see --help.');
  const others = Object.entries({ images, 'bad-images': badImages, backbone, weights, set }).find(
    ([, value]) => value !== undefined,
  );
  if (others !== undefined) throw new UsageError(`encode: --${others[0]} goes with --features.`);
  return { ...request, run, part };
}
