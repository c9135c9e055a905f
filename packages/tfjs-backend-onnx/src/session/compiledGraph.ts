import type { Plan } from '../graph/plan.js';
import type { TensorData } from '../graph/tensorData.js';
import type { BufferPool } from '../memory/bufferPool.js';
import type { Settings } from '../options.js';
import { compileModel, soleNumber, type BakedLeaf } from './compile.js';
import { Session } from './session.js';
import type { Runtime } from './runtime.js';
import { sessionOptions } from './sessionOptions.js';

/** Compilations after which all numbers of a graph are taken to vary. */
const MAX_ATTEMPTS = 4;

/**
 * The session of a graph of one structure. Its numbers are first taken for constants; those that turn out to differ in a
 * later run become inputs, in a new session.
 */
export class CompiledGraph {
  readonly #runtime: Runtime;
  readonly #settings: Settings;
  readonly #varying = new Set<number>();
  #session: Session | undefined;
  #baked: readonly BakedLeaf[] = [];
  #attempts = 0;

  constructor(runtime: Runtime, settings: Settings) {
    this.#runtime = runtime;
    this.#settings = settings;
  }

  /** Compiles the graph, unless there is a session that holds for these leaves. Returns whether it did. */
  prepare(plan: Plan): boolean {
    const changed = this.#baked.filter(({ leaf, value }) => !holds(plan.leaves[leaf] as TensorData, value));
    if (this.#session !== undefined && changed.length === 0) return false;
    for (const { leaf } of ++this.#attempts < MAX_ATTEMPTS ? changed : this.#baked) this.#varying.add(leaf);
    this.dispose();
    const model = compileModel(plan, this.#varying);
    this.#settings.onModel(model.bytes);
    this.#session = new Session(this.#runtime, model, sessionOptions(this.#settings));
    this.#baked = model.baked;
    return true;
  }

  /** Runs the session that was prepared for this plan. */
  run(plan: Plan, pool: BufferPool): void {
    this.#session?.run(plan.leaves, plan.outputs, pool);
  }

  dispose(): void {
    this.#session?.dispose();
    this.#session = undefined;
  }
}

function holds(data: TensorData, value: number): boolean {
  return Object.is(soleNumber(data), value);
}
