import { BLOCK, type ScanLayout, STATE } from './kernels/scanLayout.js';
import { concatPairs, nearestPairs, type Pairs } from './matches.js';

/** Numbers in a pair of position and distance. */
const PAIR = 2;

/** The queries that a kernel holds at a time: writes their states into its memory and takes their matches out. */
export class QueryBatch {
  readonly count: number;
  readonly #layout: ScanLayout;
  readonly #numbers: Uint32Array;
  readonly #k: number;
  /** Numbers in the room of each query. */
  readonly #room: number;
  /** Matches that did not fit. */
  readonly #spilled: Pairs[][];

  /**
   * @param memory   from address 0 to the end of the layout
   * @param queries  as stored, [count, stride]
   * @param room     pairs for each query, more than a block
   */
  constructor(
    layout: ScanLayout,
    memory: Uint8Array,
    queries: Uint8Array,
    { k, radius, room }: { k: number; radius: number; room: number },
  ) {
    this.count = queries.length / layout.stride;
    this.#layout = layout;
    this.#numbers = new Uint32Array(memory.buffer, 0, layout.end / 4);
    this.#k = k;
    this.#room = PAIR * room;
    this.#spilled = Array.from({ length: this.count }, () => []);
    this.#numbers[layout.k / 4] = k;
    this.#numbers[layout.full / 4] = 0;
    for (let query = 0; query < this.count; query++) {
      const code = queries.subarray(query * layout.stride, (query + 1) * layout.stride);
      this.#writeState(query, memory, code, Math.min(radius, layout.bits) + 1);
      this.#writeKey(query, code, Math.min(radius, layout.bits) + 1);
    }
  }

  /** Makes room where a query has less than a block left: keeps the k nearest, or sets all matches aside. */
  drain(): void {
    this.#numbers[this.#layout.full / 4] = 0;
    for (let query = 0; query < this.count; query++) {
      const state = this.#state(query);
      const margin = this.#numbers[state + STATE.margin / 4]!;
      if (this.#numbers[state + STATE.tail / 4]! <= margin) continue;
      const nearest = nearestPairs(this.#entries(query), this.#k, this.#layout.bits);
      const start = this.#start(query);
      let tail = 4 * (start + nearest.length);
      if (tail > margin) {
        this.#spilled[query]!.push(nearest);
        tail = 4 * start;
      } else this.#numbers.set(nearest, start);
      this.#numbers[state + STATE.tail / 4] = tail;
    }
  }

  /** The matches of each query by distance, then position. */
  finish(): Pairs[] {
    return this.#spilled.map((spilled, query) => {
      const entries = this.#entries(query);
      const all = spilled.length === 0 ? entries : concatPairs([...spilled, entries]);
      return nearestPairs(all, this.#k, this.#layout.bits);
    });
  }

  #writeState(query: number, memory: Uint8Array, code: Uint8Array, limit: number): void {
    const { states, stateStride } = this.#layout;
    const address = states + query * stateStride;
    memory.fill(0, address, address + stateStride);
    memory.set(code, address + STATE.words);
    const start = this.#start(query);
    this.#numbers[(address + STATE.limit) / 4] = limit;
    this.#numbers[(address + STATE.tail) / 4] = 4 * start;
    this.#numbers[(address + STATE.margin) / 4] = 4 * (start + this.#room - PAIR * BLOCK);
  }

  #writeKey(query: number, code: Uint8Array, limit: number): void {
    const { keys, keyStride, groups, digits } = this.#layout;
    const key = new Uint16Array(this.#numbers.buffer, keys + query * keyStride, keyStride / 2);
    key[0] = limit * digits;
    groups.forEach((group, i) => {
      // A group's six bits lie in one byte or in two.
      const byte = group.firstBit >> 3;
      const pair = code[byte]! | ((code[byte + 1] ?? 0) << 8);
      const pattern = (pair >> (group.firstBit & 7)) & ((1 << group.bits) - 1);
      key[i + 1] = 16 * group.digits * pattern;
    });
  }

  #entries(query: number): Pairs {
    const tail = this.#numbers[this.#state(query) + STATE.tail / 4]!;
    return this.#numbers.subarray(this.#start(query), tail / 4);
  }

  #start(query: number): number {
    return this.#layout.entries / 4 + query * this.#room;
  }

  #state(query: number): number {
    return (this.#layout.states + query * this.#layout.stateStride) / 4;
  }
}
