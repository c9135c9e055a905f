import type { Command } from 'commander';
import {
  convertFile,
  listWeights,
  pullWeights,
  verifyWeights,
  type KeptWeights,
  type VerifiedWeights,
} from '../run/weightFiles.js';
import type { Surroundings } from '../surroundings.js';
import { styleFor } from '../terminal/style.js';
import { formatTable, leftColumns } from '../terminal/table.js';
import { dataOption, jsonOption } from './parseOptions.js';

const EXAMPLES = `
Examples:
  $ hash-runner weights list
  $ hash-runner weights pull vit-b16 resnet50         into weights/ of the data sets' folder
  $ hash-runner weights verify                        all that are there
  $ hash-runner weights convert resnet50              to .safetensors, with the same names
`;

interface Options {
  readonly data?: string;
  readonly out?: string;
  readonly json?: true;
}

/** Commands that are about files of pretrained weights. */
export function addWeightsCommand(program: Command, surroundings: Surroundings): void {
  const { stdout, stderr, env } = surroundings;
  const print = (text: string) => void stdout.write(text);
  const say = (line: string) => void stderr.write(`${styleFor(stderr, env).dim(line)}\n`);
  const weights = program
    .command('weights')
    .summary('list, download, check and convert pretrained weights')
    .description("Pretrained weights of the backbones: they lie in weights/ of the data sets' folder.")
    .addHelpText('afterAll', EXAMPLES);
  weights
    .command('list')
    .description('Lists the weights that are published: where, on what terms, and whether they are here.')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(({ data, json }: Options) => {
      const all = listWeights(surroundings, data);
      print(json === true ? toJson(all) : table(surroundings, LISTED, all.map(listedRow)));
    });
  weights
    .command('pull')
    .description('Downloads weights. Stopped or cut off, the same command goes on where it was.')
    .argument('<backbone...>', 'names of backbones')
    .addOption(dataOption())
    .action((names: string[], { data }: Options) => pullWeights(surroundings, names, { data }, say));
  weights
    .command('verify')
    .description('Reads weights to the end, and compares their SHA-256 with what their authors publish.')
    .argument('[weights...]', 'names of backbones or files (default: all that are there)')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (names: string[], { data, json }: Options) => {
      const verified = await verifyWeights(surroundings, names, data);
      print(json === true ? toJson(verified) : table(surroundings, VERIFIED, verified.map(verifiedRow)));
    });
  weights
    .command('convert')
    .description('Writes weights as safetensors, with the same names and shapes.')
    .argument('<weights>', 'name of a backbone, or a file')
    .option('--out <file>', 'file to write (default: beside the other)')
    .addOption(dataOption())
    .action(async (name: string, options: Options) => {
      const { arrays, target } = await convertFile(surroundings, name, options);
      say(`${arrays} arrays: ${target}`);
    });
}

const LISTED = ['backbone', 'file', 'MB', 'trained on', 'licence', 'SHA-256', 'here'];
const UNPUBLISHED = 'not published';
const VERIFIED = ['file', 'arrays', 'values', 'SHA-256', 'as published'];

function listedRow({ backbone, file, megabytes, data, licence, sha256, found }: KeptWeights): string[] {
  return [
    backbone,
    file,
    megabytes?.toFixed(1) ?? UNPUBLISHED,
    data,
    licence,
    sha256?.slice(0, 8) ?? UNPUBLISHED,
    found ? 'yes' : '',
  ];
}

function verifiedRow({ path, arrays, values, sha256, published }: VerifiedWeights): string[] {
  return [path, String(arrays), String(values), sha256, published === null ? UNPUBLISHED : 'yes'];
}

function table({ stdout, env }: Surroundings, titles: readonly string[], rows: string[][]): string {
  const [heading = '', ...lines] = formatTable(leftColumns(...titles), rows);
  return [styleFor(stdout, env).bold(heading), ...lines, ''].join('\n');
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
