import { extname, resolve } from 'node:path';
import type { Modality, TableUse } from '@hash/core';
import { Option, type Command } from 'commander';
import { InterruptedError } from '../errors.js';
import { decodeAll, findCodes, indexOf, queriesOf } from '../run/codeSource.js';
import type { Coding } from '../run/coding.js';
import { describeCodes } from '../run/describeCodes.js';
import { searchCodes } from '../run/searchCodes.js';
import type { IndexFormat } from '../run/sniffIndex.js';
import { listenForStop } from '../run/stopSignal.js';
import type { Output, Surroundings } from '../surroundings.js';
import { CODES, showWork } from '../terminal/workProgress.js';
import { codingOption, parseCount, parseNatural, threadsOption } from './parseOptions.js';

const SOURCES = `
Codes are taken from a run folder, from an index, from a faiss file (IndexBinaryFlat), or from arrays: .npy, .npz,
.safetensors, .mat, HDF5; -1/+1, 0/1, reals (x >= 0 is 1) or, with --bits, bytes. all.mat:r_img is the array r_img of a file.
`;

const BUILD_EXAMPLES = `
Examples:
  $ hash-runner index build runs/20261121-081530-wch-shapes --bits 64 --out shapes.idx
  $ hash-runner index build codes.npy --out codes.faiss          # for faiss.read_index_binary
${SOURCES}`;

const SEARCH_EXAMPLES = `
Examples:
  $ hash-runner index search shapes.idx --queries queries.npy -k 100 > hits.jsonl
  $ hash-runner index search runs/20261121-081530-wch-shapes --queries runs/20261121-081530-wch-shapes --bits 64 --radius 2
  $ hash-runner index search all.mat:r_txt --queries all.mat:q_img -k 10

A line for each query: {"query":0,"ids":[...],"distances":[...]}, nearest first, at equal distance the lower id first.
${SOURCES}`;

const INFO_EXAMPLES = `
Examples:
  $ hash-runner index info shapes.idx
  $ hash-runner index info all.mat
  $ hash-runner index info codes.npy --bits 64
${SOURCES}`;

interface CodeOptions {
  readonly bits?: number;
  readonly coding?: Coding;
  readonly modality?: Modality;
}

interface BuildOptions extends CodeOptions {
  readonly out: string;
  readonly format?: IndexFormat;
}

interface SearchOptions extends CodeOptions {
  readonly queries: string;
  readonly queryModality?: Modality;
  readonly k: number;
  readonly radius?: number;
  readonly tables: TableUse;
  readonly tableMemory: number;
  readonly statistics?: true;
  readonly threads?: number;
}

export function addIndexCommand(program: Command, surroundings: Surroundings): void {
  const index = program
    .command('index')
    .summary('build, search and look into indexes of codes')
    .description(
      'Exact search among binary codes by Hamming distance. Prints a line of JSON for each result.',
    )
    .addHelpText('after', SEARCH_EXAMPLES);
  addBuild(index, surroundings);
  addSearch(index, surroundings);
  addInfo(index, surroundings);
}

function addBuild(index: Command, surroundings: Surroundings): void {
  const command = index
    .command('build')
    .summary('write codes as an index, or as a file for faiss')
    .description('Writes codes into one file, to be searched again and again.')
    .requiredOption('--out <file>', 'file to write')
    .addOption(
      new Option('--format <format>', 'our own, or of faiss (default: faiss for *.faiss, else hash)').choices(
        ['hash', 'faiss'],
      ),
    );
  addCodeOptions(command)
    .addHelpText('after', BUILD_EXAMPLES)
    .action((source: string, options: BuildOptions) => build(source, options, surroundings));
}

async function build(source: string, options: BuildOptions, surroundings: Surroundings): Promise<void> {
  const { cwd, stdout, stderr, seconds } = surroundings;
  const path = resolve(cwd, options.out);
  const kind = options.format ?? (extname(path) === '.faiss' ? 'faiss' : 'hash');
  const { signal, release } = listenForStop(surroundings);
  const work = showWork(stderr, seconds, CODES, 1);
  const onProgress = (done: number, total: number) => work.onProgress({ label: 'writing', done, total });
  try {
    const found = await findCodes({ ...options, path: source, part: 'database' }, cwd, { threads: 0 });
    const { codes, coding } = decodeAll([found], options);
    const built = indexOf(codes[0]!, { threads: 0 });
    await (kind === 'faiss'
      ? built.saveFaiss(path, { signal, onProgress })
      : built.save(path, { signal, onProgress }));
    work.stop();
    print(stdout, { path, kind, count: built.count, bits: built.bits, coding });
  } catch (error) {
    if (signal.aborted) throw new InterruptedError('Stopped. Nothing was written.');
    throw error;
  } finally {
    work.stop();
    release();
  }
}

function addSearch(index: Command, surroundings: Surroundings): void {
  const command = index
    .command('search')
    .summary('find the nearest codes of queries')
    .description('Finds the k nearest codes of each query, or all within a radius.')
    .requiredOption('--queries <codes>', 'codes to search for; of a run folder, those of its queries')
    .option('-k <n>', 'how many codes to find for each query', parseCount, 100)
    .addOption(
      new Option('--radius <r>', 'find all codes that differ in at most r bits')
        .argParser(parseNatural)
        .conflicts('k'),
    )
    .addOption(
      new Option('--tables <use>', 'hash tables: made where searches show that they pay, never, or at once')
        .choices(['auto', 'never', 'always'])
        .default('auto'),
    )
    .option('--table-memory <mebibytes>', 'what hash tables may take', parseNatural, 512)
    .option('--statistics', 'print to stderr, in the end, how codes were searched');
  addCodeOptions(command)
    .addOption(
      new Option('--query-modality <modality>', 'of the queries (default: as --modality)').choices([
        'image',
        'text',
      ]),
    )
    .addOption(threadsOption())
    .addHelpText('after', SEARCH_EXAMPLES)
    .action((source: string, options: SearchOptions) => search(source, options, surroundings));
}

async function search(source: string, options: SearchOptions, surroundings: Surroundings): Promise<void> {
  const { cwd, stdout, stderr } = surroundings;
  const { queries, queryModality: modality = options.modality, k, radius } = options;
  const kind = {
    threads: options.threads,
    tables: options.tables,
    tableBytes: options.tableMemory * 2 ** 20,
  };
  const found = [
    await findCodes({ ...options, path: source, part: 'database' }, cwd, kind),
    await findCodes({ ...options, path: queries, part: 'query', modality }, cwd, { threads: 0 }),
  ];
  const { codes } = decodeAll(found, options);
  const index = indexOf(codes[0]!, kind);
  try {
    const hits = searchCodes(index, queriesOf(codes[1]!), radius === undefined ? { k } : { radius });
    for await (const found of hits) {
      // A reader such as head may have gone.
      if (!stdout.writable) return;
      print(stdout, found);
    }
    if (options.statistics === true) print(stderr, index.statistics);
  } finally {
    await index.close();
  }
}

function addInfo(index: Command, { cwd, stdout }: Surroundings): void {
  const command = index
    .command('info')
    .summary('say what is in an index, a run or a file of arrays')
    .description('Says how many codes of what length there are, or which arrays.');
  addCodeOptions(command)
    .addHelpText('after', INFO_EXAMPLES)
    .action(async (source: string, options: CodeOptions) => {
      for await (const record of describeCodes(source, cwd, options)) print(stdout, record);
    });
}

function addCodeOptions(command: Command): Command {
  return command
    .argument('<codes>', 'run folder, index, faiss file or file of arrays')
    .option(
      '--bits <n>',
      'length of a code: of a run that has several, of packed codes in arrays',
      parseCount,
    )
    .addOption(new Option('--modality <modality>', 'of a run that has several').choices(['image', 'text']))
    .addOption(codingOption());
}

function print(stdout: Output, record: object): void {
  stdout.write(`${JSON.stringify(record)}\n`);
}
