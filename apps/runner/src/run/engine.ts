import { chooseEngine, describeEngine, parseEngineName, type EngineName } from '@hash/core';
import { UsageError } from '../errors.js';
import type { Surroundings } from '../surroundings.js';

/** What was asked for on the command line. */
export interface EngineRequest {
  readonly backend?: EngineName | 'auto';
  readonly device?: string;
}

export interface Engine {
  readonly backend: EngineName | 'auto';
  /** Where onnxruntime computes; elsewhere, and for its CPU, none. */
  readonly device?: string;
}

/**
 * The engine of a command: as asked for, else as `HASH_BACKEND` and `HASH_DEVICE` say.
 *
 * @throws UsageError  where `HASH_BACKEND` names no engine
 */
export function settleEngine({ env }: Pick<Surroundings, 'env'>, request: EngineRequest): Engine {
  const device = request.device ?? (env['HASH_DEVICE'] || 'cpu');
  const backend = request.backend ?? engineOfEnvironment(env);
  return device === 'cpu' ? { backend } : { backend, device };
}

function engineOfEnvironment(env: Surroundings['env']): EngineName | 'auto' {
  try {
    return parseEngineName(env['HASH_BACKEND'] || 'auto');
  } catch (error) {
    throw new UsageError(`HASH_BACKEND: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * Starts an engine and says which.
 *
 * @returns its name as a run records it: `onnxruntime`, or `onnxruntime:cuda` on another device than the CPU
 */
export async function startEngine({ backend, device }: Engine, say: (line: string) => void): Promise<string> {
  const choice = await chooseEngine(backend, { device });
  say(describeEngine(choice));
  return device === undefined ? choice.name : `${choice.name}:${device}`;
}

/** The engine that a run recorded. */
export function recordedEngine(recorded: string): Engine & { readonly backend: EngineName } {
  const [name = '', device] = recorded.split(':');
  return { backend: parseEngineName(name) as EngineName, device };
}
