import { DTYPE_CODES } from '../dtype.js';
import type { ConstantProto, NodeProto } from '../model.js';

export interface Shaped {
  readonly name: string;
  readonly shape: readonly number[];
}

/** A graph's nodes by what they make and what they read, for rewrites that look for a pattern and replace it. */
export class GraphView {
  readonly #nodes: (NodeProto | undefined)[];
  readonly #positions = new Map<string, number>();
  readonly #readers = new Map<string, NodeProto[]>();
  readonly #constants: ReadonlyMap<string, ConstantProto>;
  readonly #shapes: ReadonlyMap<string, readonly number[]>;
  readonly #outputs: ReadonlySet<string>;

  /** @param values  every value of the graph, inputs and constants among them */
  constructor(
    nodes: readonly NodeProto[],
    constants: readonly ConstantProto[],
    values: Iterable<Shaped>,
    outputs: Iterable<Shaped>,
  ) {
    this.#nodes = [...nodes];
    this.#constants = new Map(constants.map((constant) => [constant.name, constant]));
    this.#shapes = new Map([...constants, ...values].map(({ name, shape }) => [name, shape]));
    this.#outputs = new Set([...outputs].map(({ name }) => name));
    nodes.forEach((node, position) => this.#enter(node, position));
  }

  /** What is left, in order. */
  get nodes(): NodeProto[] {
    return this.#nodes.filter((node) => node !== undefined);
  }

  /** The node that makes a value, when it is of that kind. */
  producer(name: string | undefined, op?: string): NodeProto | undefined {
    const position = name === undefined ? undefined : this.#positions.get(name);
    const node = position === undefined ? undefined : this.#nodes[position];
    return op === undefined || node?.op === op ? node : undefined;
  }

  /** The nodes that read a value, once for each place where they do; a reader of its own for a graph's output. */
  readers(name: string): readonly NodeProto[] {
    return this.#readers.get(name) ?? [];
  }

  /** The only node that reads a value, when it is of that kind and the value is no output of the graph. */
  onlyReader(name: string | undefined, op: string): NodeProto | undefined {
    if (name === undefined || this.#outputs.has(name)) return undefined;
    const readers = this.readers(name);
    return readers.length === 1 && readers[0]?.op === op ? readers[0] : undefined;
  }

  /** Whether nothing reads a value but the given nodes. */
  isInternal(name: string | undefined, nodes: readonly (NodeProto | undefined)[]): boolean {
    if (name === undefined || this.#outputs.has(name)) return false;
    return this.readers(name).every((reader) => nodes.includes(reader));
  }

  shape(name: string | undefined): readonly number[] {
    return (name === undefined ? undefined : this.#shapes.get(name)) ?? [];
  }

  /** The number of a constant that holds one float. */
  number(name: string | undefined): number | undefined {
    const constant = name === undefined ? undefined : this.#constants.get(name);
    if (constant?.dtype !== 'float32' || constant.data.byteLength !== 4) return undefined;
    return new DataView(constant.data.buffer, constant.data.byteOffset).getFloat32(0, true);
  }

  /** The elements of an int64 constant. */
  integers(name: string | undefined): number[] | undefined {
    const constant = name === undefined ? undefined : this.#constants.get(name);
    if (constant === undefined || DTYPE_CODES[constant.dtype] !== DTYPE_CODES.int64) return undefined;
    return [...new BigInt64Array(constant.data.slice().buffer)].map(Number);
  }

  /** Puts a node in the place of the last of some others, or of the first. */
  replace(others: readonly NodeProto[], node: NodeProto, place: 'first' | 'last' = 'last'): void {
    const positions = others.map((other) => this.#positions.get(other.outputs[0] as string) as number);
    for (const other of others) this.remove(other);
    const position = place === 'last' ? Math.max(...positions) : Math.min(...positions);
    this.#nodes[position] = node;
    this.#enter(node, position);
  }

  remove(node: NodeProto): void {
    this.#nodes[this.#positions.get(node.outputs[0] as string) as number] = undefined;
    for (const output of node.outputs) this.#positions.delete(output);
    for (const input of node.inputs)
      this.#readers.set(
        input,
        this.readers(input).filter((reader) => reader !== node),
      );
  }

  #enter(node: NodeProto, position: number): void {
    for (const output of node.outputs) this.#positions.set(output, position);
    for (const input of node.inputs) {
      const readers = this.#readers.get(input);
      if (readers === undefined) this.#readers.set(input, [node]);
      else readers.push(node);
    }
  }
}
