import type { GraphBuilder } from '../onnx/graphBuilder.js';
import type { Value } from '../onnx/value.js';
import type { NumericDtype } from '../onnx/dtype.js';

export interface TensorSpec {
  readonly shape: readonly number[];
  readonly dtype: NumericDtype;
}

/** Writes an operation's ONNX nodes. Runs only when a graph that holds the operation is compiled. */
export type Emit = (graph: GraphBuilder, inputs: readonly Value[]) => Value | readonly Value[];

/** A kernel with its attributes and the shapes and types of its operands: all that decides its ONNX nodes. */
export interface Operation {
  /** Unique in the process, never used again. */
  readonly id: number;
  readonly kernel: string;
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
  readonly emit: Emit;
}

const MAX_OPERATIONS = 50_000;
let nextId = 0;

/** Gives equal operations one object, so that a graph can be compared by numbers. */
export class OperationTable {
  readonly #operations = new Map<string, Operation>();

  intern(key: string, create: () => Omit<Operation, 'id'>): Operation {
    let operation = this.#operations.get(key);
    if (operation === undefined) {
      // Forgetting costs one more compilation of a graph, never a wrong result: an id is not given twice.
      if (this.#operations.size >= MAX_OPERATIONS) this.#operations.clear();
      operation = { id: nextId++, ...create() };
      this.#operations.set(key, operation);
    }
    return operation;
  }
}
