import { resolve } from 'node:path';
import type { Method } from '@hash/core';
import { UsageError } from '../errors.js';
import { METHODS } from '../methods.js';
import { dataFolder, type Surroundings } from '../surroundings.js';
import { planOfFile, readConfigFile, type ConfigFile } from './configFile.js';
import { differences } from './differences.js';
import { recordedEngine, settleEngine, startEngine, type EngineRequest } from './engine.js';
import { findMethod, type FoundMethod } from './findMethod.js';
import { locateWeights } from './locateWeights.js';
import type { Plan, RunConfig } from './plan.js';
import { changePlan, planOfRecipe, type PlanChanges } from './resolvePlan.js';
import { defaultRunFolder, readRunConfig, refuseUsedFolder } from './runFolder.js';
import { versionsInUse } from './versions.js';

/** What was asked for on the command line. */
export interface RunRequest extends PlanChanges, EngineRequest {
  readonly method?: string;
  readonly recipe?: string;
  readonly data?: string;
  /** File of settings between those of the recipe and those of the command line. */
  readonly config?: string;
  readonly run?: string;
  /** In which the folder of the run is made, named for the time. */
  readonly saveDir?: string;
  readonly resume?: string;
}

/** A run that is settled, and whose engine has started. */
export interface PreparedRun {
  readonly config: RunConfig;
  readonly method: Method<unknown>;
  /** Absolute path of the run folder. */
  readonly folder: string;
}

/** Tells the user in a line what is being done. */
export type Say = (line: string) => void;

/**
 * Settles a new run.
 *
 * @throws UsageError  on what does not exist or does not fit, and where the run folder is in use
 */
export async function prepareNewRun(
  around: Surroundings,
  request: RunRequest,
  say: Say,
): Promise<PreparedRun> {
  const file =
    request.config === undefined ? undefined : await readConfigFile(resolve(around.cwd, request.config));
  const typed = request.method ?? file?.content.method;
  if (typed === undefined)
    throw new UsageError(
      `train: expected a method: ${METHODS.map(({ name }) => name).join(', ')}, or a module.`,
    );
  const found = await findMethod(typed, around.cwd);
  const plan = settlePlan(found, around, request, file);
  const name =
    request.run ?? defaultRunFolder(around.now(), found.method.name, plan.dataset.name, request.saveDir);
  const folder = resolve(around.cwd, name);
  await refuseUsedFolder(folder);
  const engine = await startEngine(settleEngine(around, request), say);
  return { config: { plan, engine, versions: versionsInUse() }, method: found.method, folder };
}

/**
 * The plan of a method's recipe, `quick` unless another is named, with what a file says and then with the changes that
 * the request asks for.
 *
 * @throws UsageError  on what does not exist or does not fit
 */
export function settlePlan(
  found: FoundMethod,
  around: Surroundings,
  request: Pick<RunRequest, 'recipe' | 'data' | keyof PlanChanges>,
  file?: ConfigFile,
): Plan {
  const plan = planOfRecipe(found, request.recipe ?? file?.content.recipe ?? 'quick');
  return changed(file === undefined ? plan : planOfFile(plan, file, found.method), found, around, request);
}

/**
 * Settles to go on with a run as it was begun, on the same engine.
 *
 * @throws UsageError  where there is no run, or the request would change it
 */
export async function prepareResumedRun(
  around: Surroundings,
  { resume, ...request }: RunRequest & { readonly resume: string },
  say: Say,
): Promise<PreparedRun> {
  const folder = resolve(around.cwd, resume);
  const config = await readRunConfig(folder);
  const found = await findMethod(config.plan.method, around.cwd);
  const asked = request.method === undefined ? found : await findMethod(request.method, around.cwd);
  const plan = {
    ...changed(config.plan, found, around, request),
    method: asked.source,
    recipe: request.recipe ?? config.plan.recipe,
  };
  const engine = recordedEngine(config.engine);
  const { backend = 'auto', device = engine.device } = request;
  const wanted = { backend: backend === 'auto' ? engine.backend : backend, device };
  const changes = [...differences(config.plan, plan), ...differences(engine, wanted)];
  if (changes.length > 0)
    throw new UsageError(
      `--resume goes on with a run as it was begun, but the command changes ${changes.join(', ')}. ` +
        'Leave these options out, or begin a new run.',
    );
  const versions = differences(config.versions, versionsInUse());
  if (versions.length > 0) say(`the run was begun with other versions: ${versions.join(', ')}`);
  await startEngine(engine, say);
  return { config, method: found.method, folder };
}

function changed(
  plan: Plan,
  { method }: FoundMethod,
  around: Surroundings,
  request: Pick<RunRequest, 'data' | keyof PlanChanges>,
): Plan {
  const after = changePlan(plan, request, method);
  const locate = (file: string | null) => locateWeights(file, around.cwd, dataFolder(around, request.data));
  const { weights, options } = after.backbone;
  const { vocabulary } = options;
  const located = typeof vocabulary === 'string' ? { vocabulary: locate(vocabulary) } : {};
  return {
    ...after,
    backbone: { ...after.backbone, weights: locate(weights), options: { ...options, ...located } },
  };
}
