import { ENGINE_NAMES, parseEngineName, type EngineName } from '@hash/core';
import { InvalidArgumentError, Option } from 'commander';
import { CODINGS } from '../run/coding.js';

/** `16,32,64` as numbers of at least 1. */
export function parseCounts(text: string): number[] {
  return text.split(',').map(parseCount);
}

/** `0,3` or `0-4` as numbers of at least 0. */
export function parseNaturals(text: string): number[] {
  return text.split(',').flatMap((item) => {
    const [first = 0, last = first] = item.split('-').map(parseNatural);
    if (last < first) throw new InvalidArgumentError(`Expected a range such as 0-4, but got '${item}'.`);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}

/** `quick,paper` as names. */
export function parseNames(text: string): string[] {
  return text.split(',').map((name) => name.trim());
}

/** An integer of at least 1. */
export function parseCount(text: string): number {
  return parseInteger(text, 1);
}

/** An integer of at least 0: a seed, a number of threads. */
export function parseNatural(text: string): number {
  return parseInteger(text, 0);
}

function parseInteger(text: string, least: number): number {
  const value = Number(text);
  if (/^\s*\d+\s*$/.test(text) && value >= least && Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError(`Expected an integer of at least ${least}, but got '${text}'.`);
}

/** `all` or a number, several by commas: k of mAP@k. */
export function parseCutoffs(text: string): (number | 'all')[] {
  return text.split(',').map((item) => (item.trim() === 'all' ? 'all' : parseCount(item)));
}

/** For an option that may come several times. */
export function collect(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}

/** Options that several commands have. */
export const dataOption = () =>
  new Option(
    '--data <folder>',
    'folder of the data sets (default: $HASH_DATA, else datasets/ of the checkout)',
  );

export const backendOption = () =>
  new Option(
    '--backend <engine>',
    `auto, ${ENGINE_NAMES.join(', ')} (default: $HASH_BACKEND, else auto)`,
  ).argParser(parseBackend);

export const deviceOption = () =>
  new Option(
    '--device <name>',
    'where onnxruntime computes: cpu, or what it has here of cuda, webgpu, ... (default: $HASH_DEVICE, else cpu)',
  );

export const workersOption = () =>
  new Option(
    '--workers <n>',
    'threads that decode and augment images; 0: the one that trains (default: all cores but one)',
  ).argParser(parseNatural);

export const badImagesOption = () =>
  new Option(
    '--bad-images <how>',
    'an image that cannot be read ends the work (fail), or is left out and listed in the split (skip) (default: fail)',
  ).choices(['fail', 'skip']);

export const threadsOption = (byDefault = 'all cores') =>
  new Option(
    '--threads <n>',
    `threads that compute; 0: the one that reads (default: ${byDefault})`,
  ).argParser(parseNatural);

export const codingOption = () =>
  new Option(
    '--coding <kind>',
    'what codes in files are: signs -1/+1, bits 0/1, reals whose x >= 0 is 1, or bytes (default: as the values tell)',
  ).choices(CODINGS);

export const jsonOption = () => new Option('--json', 'print JSON on standard output');

function parseBackend(text: string): EngineName | 'auto' {
  try {
    return parseEngineName(text);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}
