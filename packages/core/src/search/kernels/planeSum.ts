import { type Code, v128 } from '../wasm/instructions.js';
import type { FunctionBody, Local } from '../wasm/wasmModule.js';

/**
 * Adds numbers in 128 lanes at once. A number is written as planes: plane w has digit w of the number in each lane.
 * As soon as three planes of one weight are there, a full adder turns them into a sum of that weight and a carry of the
 * next, in five instructions; so few planes are alive at any time.
 */
export class PlaneSum {
  /** The instructions so far. */
  readonly code: Code[] = [];
  readonly #body: FunctionBody;
  readonly #waiting: Local[][] = [];

  constructor(body: FunctionBody) {
    this.#body = body;
  }

  /** Adds 2^weight in each lane where the plane has a 1. */
  add(weight: number, plane: Code): void {
    const waiting = (this.#waiting[weight] ??= []);
    const [a, b] = waiting;
    const latest = this.#keep(plane);
    if (a === undefined || b === undefined) {
      waiting.push(latest);
      return;
    }
    const differ = this.#keep(v128.xor(a.get, b.get));
    this.#waiting[weight] = [this.#keep(v128.xor(differ.get, latest.get))];
    this.add(weight + 1, v128.select(latest.get, a.get, differ.get));
  }

  /** The planes of the sum, which is known to be less than 2^digits. */
  sum(digits: number): Code[] {
    return Array.from({ length: digits }, (_, weight) => {
      const [a, b] = this.#waiting[weight] ?? [];
      if (a === undefined || b === undefined) return a?.get ?? v128.zero;
      if (weight + 1 < digits) this.add(weight + 1, v128.and(a.get, b.get));
      return v128.xor(a.get, b.get);
    });
  }

  /** The lanes where the sum, which is known to be less than 2^(digits + 1), is 2^digits or more. */
  overflow(digits: number): Code {
    for (let weight = 0; weight < digits; weight++) {
      const [a, b] = this.#waiting[weight] ?? [];
      if (a !== undefined && b !== undefined) this.add(weight + 1, v128.and(a.get, b.get));
    }
    return (this.#waiting[digits] ?? []).map(({ get }) => get).reduce((a, b) => v128.or(a, b), v128.zero);
  }

  #keep(value: Code): Local {
    const local = this.#body.local('v128');
    this.code.push(local.set(value));
    return local;
  }
}
