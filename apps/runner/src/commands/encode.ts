import { Option, type Command } from 'commander';
import { encodePart, PARTS, type EncodeRequest } from '../run/encodePart.js';
import type { Surroundings } from '../surroundings.js';
import { styleFor } from '../terminal/style.js';
import { backendOption, dataOption, parseCount, workersOption } from './parseOptions.js';

const EXAMPLES = `
Examples:
  $ hash-runner encode runs/20261121-081530-wch-shapes --part train --bits 32 --out train.npy
  $ hash-runner encode runs/20261121-081530-wch-cifar10 --part query --dataset cifar10-1 --out codes.npy

The file is a matrix of bytes, [items, ceil(bits / 8)], for numpy.load; bit i of a code is bit (i & 7) of byte (i >> 3).
`;

export function addEncodeCommand(program: Command, surroundings: Surroundings): void {
  program
    .command('encode')
    .summary('encode a part of a data set with a trained model')
    .description('Encodes a part of a data set with a model of a run, and writes the codes as a .npy file.')
    .argument('<run>', 'run folder')
    .addOption(new Option('--part <part>', 'part of the data set').choices(PARTS).makeOptionMandatory())
    .requiredOption('--out <file>', 'file to write, .npy')
    .option('--bits <n>', "bit length of the model (default: the run's, where it has one)", parseCount)
    .addOption(
      new Option('--modality <modality>', "what to encode of an item (default: the method's first)").choices([
        'image',
        'text',
      ]),
    )
    .option('--dataset <name>', "another data set than the run's")
    .addOption(dataOption())
    .addOption(backendOption())
    .addOption(workersOption())
    .addHelpText('after', EXAMPLES)
    .action(async (run: string, options: Omit<EncodeRequest, 'run'>) => {
      const { stderr, env } = surroundings;
      const { dim } = styleFor(stderr, env);
      await encodePart(surroundings, { ...options, run }, (line) => void stderr.write(`${dim(line)}\n`));
    });
}
