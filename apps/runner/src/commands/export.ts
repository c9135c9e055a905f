import type { Command } from 'commander';
import { exportCodes, type ExportRequest } from '../run/exportCodes.js';
import type { Surroundings } from '../surroundings.js';
import { parseCount } from './parseOptions.js';

const EXAMPLES = `
Examples:
  $ hash-runner export runs/20261121-081530-dsph-shapes --bits 16 --out dsph-16.mat
  $ hash-runner export runs/20261121-081530-twdh-shapes --bits 16 --length 128 --out twdh-long.mat

Codes are q_img, q_txt, r_img and r_txt, float32 -1 and +1 [items, bits]; labels q_l and r_l, int64 zeros and ones.
`;

export function addExportCommand(program: Command, { cwd, stderr }: Surroundings): void {
  program
    .command('export')
    .summary("write a run's codes and labels as one file for other programs")
    .description(
      "Writes the codes and labels of a run's queries and database into one file: MATLAB's (version 5) or HDF5, by its name.",
    )
    .argument('<run>', 'run folder')
    .requiredOption('--out <file>', 'file to write: *.mat, *.h5 or *.hdf5')
    .option('--bits <n>', "bit length of the model (default: the run's, where it has one)", parseCount)
    .option('--length <n>', 'of the codes, where the model makes others beside its bit length', parseCount)
    .addHelpText('after', EXAMPLES)
    .action(async (run: string, options: Omit<ExportRequest, 'run'>) => {
      const { arrays, bits } = await exportCodes({ ...options, run }, cwd);
      const list = Object.entries(arrays).map(([name, shape]) => `${name} [${shape.join(', ')}]`);
      stderr.write(`codes of ${bits} bits: ${options.out}: ${list.join(', ')}\n`);
    });
}
