import type { Plan } from '../graph/plan.js';
import type { TensorData } from '../graph/tensorData.js';
import type { BufferPool } from '../memory/bufferPool.js';
import type { Settings } from '../options.js';
import { channelBlock } from './channelBlock.js';
import { compileModel, type BakedLeaf } from './compile.js';
import { Session } from './session.js';
import type { Runtime } from './runtime.js';
import { sessionOptions, type Tier } from './sessionOptions.js';
import { StableLeaves } from './stableLeaves.js';

/** Compilations after which all numbers of a graph are taken to vary. */
const MAX_ATTEMPTS = 5;

/** Runs in close succession after which a graph is worth optimising, and what is close. */
const RUNS_TO_HEAT = 3;
const CLOSE_RUNS = 8;

const NONE: ReadonlySet<number> = new Set();

/**
 * The session of a graph of one structure. Its numbers are first taken for constants; those that turn out to differ in a
 * later run become inputs, in a new session. A graph that runs again and again is compiled anew, to keep its memory; and
 * where no parameter changes, as when a network is only applied, with these as constants.
 */
export class CompiledGraph {
  readonly #runtime: Runtime;
  readonly #settings: Settings;
  readonly #varying = new Set<number>();
  readonly #stable = new StableLeaves();
  #session: Session | undefined;
  #baked: readonly BakedLeaf[] = [];
  #attempts = 0;
  #tier: Tier = 'cold';
  #closeRuns = 0;
  #lastRun = -Infinity;

  constructor(runtime: Runtime, settings: Settings) {
    this.#runtime = runtime;
    this.#settings = settings;
  }

  get tier(): Tier {
    return this.#tier;
  }

  /**
   * Compiles the graph, unless there is a session that holds for these leaves. Returns whether it did.
   *
   * @param parameters  the values of TensorFlow.js's variables at present
   * @param clock       counts the runs of all graphs
   */
  prepare(plan: Plan, parameters: () => ReadonlySet<TensorData>, clock: number): boolean {
    this.#closeRuns = clock - this.#lastRun <= CLOSE_RUNS ? this.#closeRuns + 1 : 0;
    this.#lastRun = clock;
    this.#stable.observe(plan.leaves);
    const changed = this.#baked.filter((baked) => !baked.holds(plan.leaves[baked.leaf] as TensorData));
    const heats = this.#tier === 'cold' && this.#closeRuns >= RUNS_TO_HEAT;
    if (this.#session !== undefined && changed.length === 0 && !heats) return false;
    for (const { leaf } of ++this.#attempts < MAX_ATTEMPTS ? changed : this.#baked) this.#varying.add(leaf);
    this.dispose();
    if (heats) this.#tier = 'hot';
    const weights = this.#tier === 'hot' ? this.#stable.weights(plan.leaves, parameters()) : NONE;
    const precision = weights.size > 0 ? 'fast' : 'exact';
    const block = precision === 'exact' ? channelBlock(this.#runtime, this.#settings) : 0;
    const target = { precision, channelBlock: block } as const;
    const model = compileModel(plan, { varying: this.#varying, weights }, target);
    this.#settings.onModel(model.bytes);
    this.#session = new Session(this.#runtime, model, sessionOptions(this.#settings, this.#tier, precision));
    this.#baked = model.baked;
    return true;
  }

  /** Runs the session that was prepared for this plan. */
  run(plan: Plan, pool: BufferPool): void {
    this.#session?.run(plan.leaves, plan.outputs, pool);
  }

  /** Gives up the session and the memory that it holds between runs; the graph has to earn its heat again. */
  cool(): void {
    this.dispose();
    this.#tier = 'cold';
    this.#closeRuns = 0;
  }

  dispose(): void {
    this.#session?.dispose();
    this.#session = undefined;
  }
}
