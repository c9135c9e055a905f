import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import {
  convertWeights,
  inspectWeights,
  publishedWeights,
  type PublishedWeights,
  type WeightSummary,
} from '@hash/backbones';
import { sha256File } from '@hash/core';
import { downloadFile } from '@hash/datasets';
import { InterruptedError, isAbort, UsageError } from '../errors.js';
import { dataFolder, type Surroundings } from '../surroundings.js';
import { showDownload } from '../terminal/downloadProgress.js';
import { locateWeights } from './locateWeights.js';
import type { Say } from './prepareRun.js';
import { listenForStop } from './stopSignal.js';
import { didYouMean } from './suggest.js';

/** Published weights, and the file where they are kept. */
export interface KeptWeights extends PublishedWeights {
  readonly path: string;
  readonly found: boolean;
}

/** What `verify` finds. */
export interface VerifiedWeights extends WeightSummary {
  readonly path: string;
  readonly sha256: string;
  /** Whether it is the sum that its authors publish; null where they publish none. */
  readonly published: boolean | null;
}

/** All published weights, with where they are or would be. */
export function listWeights(around: Surroundings, data?: string): KeptWeights[] {
  const folder = join(dataFolder(around, data), 'weights');
  return publishedWeights().map((weights) => {
    const path = join(folder, weights.file);
    return { ...weights, path, found: existsSync(path) };
  });
}

/**
 * Downloads weights that are not there yet, going on where an earlier download stopped.
 *
 * @param names  of backbones
 * @param fetch  stands in for Node's own
 * @throws UsageError  of a network without published weights; Error  that says what to put where by hand;
 * InterruptedError
 */
export async function pullWeights(
  around: Surroundings,
  names: readonly string[],
  { data, fetch }: { readonly data?: string; readonly fetch?: typeof globalThis.fetch },
  say: Say,
): Promise<void> {
  const wanted = names.map((name) => entryOf(listWeights(around, data), name));
  const { signal, release } = listenForStop(around);
  try {
    for (const entry of wanted) await pull(around, entry, { signal, fetch }, say);
  } catch (error) {
    const kept = 'Stopped. What has come is kept: the same command goes on from here.';
    throw signal.aborted && isAbort(error) ? new InterruptedError(kept) : error;
  } finally {
    release();
  }
}

async function pull(
  { stderr, seconds }: Surroundings,
  { url, path, file, sha256 }: KeptWeights,
  options: { readonly signal: AbortSignal; readonly fetch?: typeof globalThis.fetch },
  say: Say,
): Promise<void> {
  const { onProgress, stop } = showDownload(stderr, file, seconds);
  try {
    await mkdir(dirname(path), { recursive: true });
    await downloadFile({ ...options, url, path, sha256: sha256 ?? undefined, onProgress });
    stop();
    say(path);
  } catch (error) {
    options.signal.throwIfAborted();
    const byHand = `To do it by hand, download ${url} and put ${file} into ${dirname(path)}.`;
    throw new Error(`${(error as Error).message} ${byHand}`, { cause: error });
  } finally {
    stop();
  }
}

/**
 * Reads files of weights to their ends and compares their sums with the published ones.
 *
 * @param names  of backbones, or of files; all that are there when empty
 * @throws Error  where a file is damaged or has another sum
 */
export async function verifyWeights(
  around: Surroundings,
  names: readonly string[],
  data?: string,
): Promise<VerifiedWeights[]> {
  const known = listWeights(around, data);
  const paths = names.length === 0 ? known.filter(({ found }) => found).map(({ path }) => path) : names;
  const verified: VerifiedWeights[] = [];
  for (const name of paths) {
    const path = pathOf(around, known, name, data);
    const sum = known.find(({ file }) => file === basename(path))?.sha256 ?? null;
    const sha256 = await sha256File(path);
    if (sum !== null && !sha256.startsWith(sum))
      throw new Error(`${path}: expected SHA-256 ${sum}, as is published, but got ${sha256}. Pull it again.`);
    verified.push({ path, sha256, published: sum === null ? null : true, ...(await inspectWeights(path)) });
  }
  return verified;
}

/** Writes a file of weights, or that of a backbone, as safetensors; by default beside it. */
export async function convertFile(
  around: Surroundings,
  name: string,
  { data, out }: { readonly data?: string; readonly out?: string },
): Promise<WeightSummary & { readonly target: string }> {
  const path = pathOf(around, listWeights(around, data), name, data);
  const beside = join(dirname(path), `${basename(path, extname(path))}.safetensors`);
  const target = out === undefined ? beside : resolve(around.cwd, out);
  if (target === path) throw new UsageError(`weights convert: ${path} is a safetensors file already.`);
  await mkdir(dirname(target), { recursive: true });
  return { ...(await convertWeights(path, target)), target };
}

function entryOf(known: readonly KeptWeights[], name: string): KeptWeights {
  const entry = known.find(({ backbone }) => backbone === name);
  if (entry !== undefined) return entry;
  const names = known.map(({ backbone }) => backbone);
  throw new UsageError(
    `No weights are published for '${name}'.${didYouMean(name, names)} Known: ${names.join(', ')}.`,
  );
}

function pathOf(around: Surroundings, known: readonly KeptWeights[], name: string, data?: string): string {
  const published = known.find(({ backbone }) => backbone === name);
  const path = published?.path ?? locateWeights(name, around.cwd, dataFolder(around, data))!;
  if (existsSync(path)) return path;
  const advice = published ? `Get it by: hash-runner weights pull ${name}` : 'Name a file, or a backbone.';
  throw new UsageError(`${path} is not there. ${advice}`);
}
