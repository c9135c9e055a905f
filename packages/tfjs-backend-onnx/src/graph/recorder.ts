import { BufferPool } from '../memory/bufferPool.js';
import type { Settings } from '../options.js';
import { CompiledGraph } from '../session/compiledGraph.js';
import { namingKernel } from '../session/kernelError.js';
import type { Runtime } from '../session/runtime.js';
import { SessionCache } from '../session/sessionCache.js';
import { OperationTable, type Operation } from './operation.js';
import { planGraph, type GraphNode, type Plan } from './plan.js';
import type { TensorData } from './tensorData.js';

/** Holds the kernels that were called and not yet computed, and computes them. */
export class Recorder {
  readonly operations = new OperationTable();
  readonly pool: BufferPool;
  readonly #runtime: Runtime;
  readonly #settings: Settings;
  readonly #graphs: SessionCache<CompiledGraph>;
  #pending: GraphNode[] = [];
  #heldBytes = 0;
  runs = 0;
  compilations = 0;
  compileMilliseconds = 0;
  runMilliseconds = 0;

  readonly #parameters: () => ReadonlySet<TensorData>;
  /** Those that hold memory between runs, in the order of last use. */
  readonly #hot = new Set<CompiledGraph>();

  /** @param parameters  the values of TensorFlow.js's variables at present */
  constructor(runtime: Runtime, settings: Settings, parameters: () => ReadonlySet<TensorData>) {
    this.#parameters = parameters;
    this.#runtime = runtime;
    this.#settings = settings;
    this.#graphs = new SessionCache(settings.maxSessions);
    this.pool = new BufferPool(settings.maxPooledBytes);
  }

  get sessions(): number {
    return this.#graphs.size;
  }

  record(operation: Operation, inputs: readonly TensorData[], outputs: readonly TensorData[]): void {
    if (
      this.#pending.length >= this.#settings.maxPendingKernels ||
      this.#heldBytes > this.#settings.maxHeldBytes
    )
      this.flush();
    for (const input of inputs) input.holds++;
    for (const output of outputs) output.pending = true;
    this.#pending.push({ operation, inputs, outputs });
  }

  /** Takes note that nobody but the pending graph can read these values any more. */
  release(data: TensorData): void {
    if (data.holds === 0) this.#recycle(data);
    else this.#heldBytes += data.byteLength;
  }

  /**
   * Computes everything that is pending and still wanted.
   * @param unread  whether to compute what was disposed of unread too, to see how long it takes
   */
  flush(unread = false): void {
    if (this.#pending.length === 0) return;
    const recorded = this.#pending;
    this.#pending = [];
    this.#heldBytes = 0;
    try {
      const plan = planGraph(recorded, unread);
      if (plan.outputs.length > 0) this.#run(plan);
    } finally {
      this.#letGo(recorded);
    }
  }

  dispose(): void {
    this.#pending = [];
    this.#graphs.clear();
    this.pool.clear();
  }

  #run(plan: Plan): void {
    const graph = this.#graphOf(plan);
    namingKernel(plan, () => {
      const start = performance.now();
      if (graph.prepare(plan, this.#parameters, this.runs)) this.compilations++;
      this.#keepWarm(graph);
      const prepared = performance.now();
      graph.run(plan, this.pool);
      this.compileMilliseconds += prepared - start;
      this.runMilliseconds += performance.now() - prepared;
    });
    this.runs++;
  }

  #keepWarm(graph: CompiledGraph): void {
    if (graph.tier !== 'hot') return;
    this.#hot.delete(graph);
    this.#hot.add(graph);
    const [oldest] = this.#hot;
    if (this.#hot.size <= this.#settings.maxHotSessions || oldest === undefined) return;
    oldest.cool();
    this.#hot.delete(oldest);
  }

  #graphOf(plan: Plan): CompiledGraph {
    let graph = this.#graphs.get(plan.signature);
    if (graph === undefined) {
      graph = new CompiledGraph(this.#runtime, this.#settings);
      this.#graphs.set(plan.signature, graph);
    }
    return graph;
  }

  #letGo(recorded: readonly GraphNode[]): void {
    for (const { inputs, outputs } of recorded) {
      for (const input of inputs) {
        input.holds--;
        if (input.holds === 0 && input.refCount <= 0) this.#recycle(input);
      }
      for (const output of outputs) if (output.refCount <= 0) this.#recycle(output);
    }
  }

  #recycle(data: TensorData): void {
    const buffer = data.takeBuffer();
    if (buffer !== undefined) this.pool.give(buffer);
  }
}
