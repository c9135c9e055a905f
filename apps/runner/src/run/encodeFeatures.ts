import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { backboneNames, backboneOptions, createBackbone, writeFeatures } from '@hash/backbones';
import { disposeParameters, Rng, type Backbone, type Samples } from '@hash/core';
import { openImageFolder } from '@hash/datasets';
import { InterruptedError, isAbort, UsageError } from '../errors.js';
import { dataFolder, type Surroundings } from '../surroundings.js';
import { IMAGES, showWork } from '../terminal/workProgress.js';
import { applySetting } from './applySetting.js';
import { partOf, planFor, type PartName } from './datasetPart.js';
import { findMethod } from './findMethod.js';
import { locateWeights } from './locateWeights.js';
import { defaultWorkers, openDataset, type DatasetRequest } from './openDataset.js';
import type { Plan } from './plan.js';
import type { Say } from './prepareRun.js';
import { settleEngine, startEngine, type EngineRequest } from './engine.js';
import { readRunConfig } from './runFolder.js';
import { listenForStop } from './stopSignal.js';
import { didYouMean } from './suggest.js';
import { oneLength, withModel, type ModelChoice } from './withModel.js';

export interface FeaturesRequest extends DatasetRequest, EngineRequest {
  /** Run folder: its backbone as it was trained, and its data set. */
  readonly run?: string;
  readonly bits?: number;
  /** Name of a backbone, without a run. */
  readonly backbone?: string;
  readonly weights?: string;
  /** Options of the backbone: `size=96`. */
  readonly set: readonly string[];
  /** A folder of images, or a data set of which `part` is taken. */
  readonly images?: string;
  readonly badImages?: 'fail' | 'skip';
  readonly dataset?: string;
  readonly part?: PartName;
  /** The file to write. */
  readonly out: string;
}

/** What features are computed of. */
interface Source {
  readonly name: string;
  readonly samples: Samples;
  /** Tells it from others. */
  readonly identity: unknown;
  readonly dispose: () => Promise<void>;
}

/**
 * Writes what a backbone computes of images. Interrupted, the same command goes on where it was.
 *
 * @throws UsageError  where the request does not say of what, or by which network; InterruptedError
 */
export async function encodeFeatures(
  around: Surroundings,
  request: FeaturesRequest,
  say: Say,
): Promise<void> {
  checkRequest(request);
  const model = request.run === undefined ? undefined : await modelOf(around, request, request.run);
  await startEngine(settleEngine(around, request), say);
  const { signal, release } = listenForStop(around);
  const shown = showWork(around.stderr, around.seconds, IMAGES);
  const out = resolve(around.cwd, request.out);
  try {
    const { dispose, samples, identity, name } = await openSource(around, request, model?.plan, signal, say);
    try {
      await mkdir(dirname(out), { recursive: true });
      await withBackbone(around, request, model, (backbone, options) =>
        writeFeatures(out, backbone, samples, {
          name,
          identity: { options, source: identity },
          signal,
          onProgress: ({ done, total }) => shown.onProgress({ label: name, done, total }),
        }),
      );
      shown.stop();
      say(`features of ${samples.length} images: ${request.out}`);
    } finally {
      await dispose();
    }
  } catch (error) {
    const again = 'Stopped. The same command goes on from here.';
    throw signal.aborted && isAbort(error) ? new InterruptedError(again) : error;
  } finally {
    shown.stop();
    release();
  }
}

function checkRequest({ run, backbone, images, dataset, part }: FeaturesRequest): void {
  if ((run === undefined) === (backbone === undefined))
    throw new UsageError('encode --features: expected a run folder or --backbone, and not both.');
  if (backbone !== undefined && !backboneNames().includes(backbone)) {
    const names = backboneNames();
    throw new UsageError(
      `Unknown backbone '${backbone}'.${didYouMean(backbone, names)} Known: ${names.join(', ')}.`,
    );
  }
  if (images !== undefined && (dataset !== undefined || part !== undefined))
    throw new UsageError('encode --features: expected --images, or --part of a data set, and not both.');
  if (images === undefined && (part === undefined || (run === undefined && dataset === undefined)))
    throw new UsageError(
      'encode --features: expected --images <folder>, or --dataset <name> and --part <part>.',
    );
}

async function modelOf({ cwd }: Surroundings, { bits }: FeaturesRequest, run: string): Promise<ModelChoice> {
  const folder = resolve(cwd, run);
  const { plan } = await readRunConfig(folder);
  const { method } = await findMethod(plan.method, cwd);
  return { plan, method, folder, bits: oneLength(folder, plan, bits) };
}

async function openSource(
  around: Surroundings,
  request: FeaturesRequest,
  plan: Plan | undefined,
  signal: AbortSignal,
  say: Say,
): Promise<Source> {
  const { images, part = 'train' } = request;
  if (images !== undefined) {
    const { paths, skipped, ...folder } = await openImageFolder(resolve(around.cwd, images), {
      workers: request.workers ?? defaultWorkers(),
      badImages: request.badImages,
      signal,
    });
    for (const { reason } of skipped) say(`left out: ${reason}`);
    return { ...folder, name: images, identity: paths };
  }
  const base = plan ?? {
    seed: 0,
    select: 'last',
    validation: null,
    split: null,
    dataset: { name: '', options: {} },
  };
  const wanted = planFor(base, request.dataset);
  const dataset = await openDataset(wanted, around, request, signal);
  const { name, split } = dataset;
  return {
    name: `${name} ${part}`,
    samples: partOf(dataset, part),
    identity: { dataset: wanted.dataset, split: split.sha256, part },
    dispose: () => dataset.dispose(),
  };
}

async function withBackbone(
  around: Surroundings,
  { backbone: name, weights: file, set, data }: FeaturesRequest,
  model: ModelChoice | undefined,
  use: (backbone: Backbone, options: unknown) => Promise<void>,
): Promise<void> {
  if (model) return withModel(model, (_, backbone) => use(backbone, model.plan.backbone.options));
  const options = optionsOf(name!, set);
  const weights = locateWeights(file ?? null, around.cwd, dataFolder(around, data));
  const backbone = await createBackbone(name!, { options, weights, rng: new Rng(0).fork('backbone') });
  try {
    await use(backbone, options);
  } finally {
    disposeParameters(backbone.parameters);
  }
}

/** A backbone's options by default, some of them changed. */
function optionsOf(name: string, set: readonly string[]): Record<string, unknown> {
  const schema = backboneOptions(name);
  const check = (options: object, [key]: readonly string[]) =>
    schema.safeParse(options).error?.issues.find(({ path }) => path[0] === key)?.message;
  return set.reduce(
    (options, setting) => applySetting(options, setting, check),
    schema.parse({}) as Record<string, unknown>,
  );
}
