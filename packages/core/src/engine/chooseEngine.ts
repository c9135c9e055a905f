import { ENGINE_NAMES, type EngineName } from './engineName.js';
import { loadEngine, type EngineOptions } from './loadEngine.js';

export interface EngineChoice {
  readonly name: EngineName;
  /** Those that come before it and the reason why each was not taken; empty when the engine was asked for by name. */
  readonly skipped: readonly { readonly name: EngineName; readonly reason: string }[];
}

/**
 * Makes an engine TensorFlow.js's current backend: the one named, or with `auto` the first that loads. A device other
 * than the CPU takes `auto` to `onnxruntime`, the one engine that lets it be chosen.
 *
 * @param load  loads one engine or throws; a parameter for tests
 * @throws Error  when the engine named cannot be loaded, with the reason; `auto` without a device always ends at `cpu`
 */
export async function chooseEngine(
  wanted: EngineName | 'auto' = 'auto',
  options: EngineOptions = {},
  load: (name: EngineName, options: EngineOptions) => Promise<void> = loadEngine,
): Promise<EngineChoice> {
  const skipped: { name: EngineName; reason: string }[] = [];
  const automatic = options.device === undefined ? ENGINE_NAMES : (['onnxruntime'] as const);
  for (const name of wanted === 'auto' ? automatic : [wanted]) {
    try {
      await load(name, options);
      return { name, skipped };
    } catch (error) {
      skipped.push({ name, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  const reasons = skipped.map(({ name, reason }) => `${name}: ${reason}`).join('; ');
  throw new Error(`Engine ${wanted} cannot be used. ${reasons}.`);
}

/** One line for people: which engine was taken, and why not the faster ones. */
export function describeEngine({ name, skipped }: EngineChoice): string {
  if (skipped.length === 0) return `engine: ${name}`;
  return `engine: ${name} (${skipped.map((other) => `${other.name}: ${other.reason}`).join('; ')})`;
}
