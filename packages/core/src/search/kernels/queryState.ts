import { type Code, i32, ifThen, whileLoop } from '../wasm/instructions.js';
import type { FunctionBody, Local } from '../wasm/wasmModule.js';
import { type ScanLayout, STATE } from './scanLayout.js';

/** The state of one query while a kernel works on it, in variables: see `STATE` of the layout. */
export class QueryState {
  readonly address: Local;
  readonly limit: Local;
  readonly #layout: ScanLayout;
  readonly #inside: Local;
  readonly #tail: Local;
  readonly #bin: Local;

  constructor(body: FunctionBody, layout: ScanLayout) {
    this.#layout = layout;
    this.address = body.local('i32');
    this.limit = body.local('i32');
    this.#inside = body.local('i32');
    this.#tail = body.local('i32');
    this.#bin = body.local('i32');
  }

  open(query: Code): Code {
    const { states, stateStride } = this.#layout;
    return [
      this.address.set(i32.add(i32.const(states), i32.mul(query, i32.const(stateStride)))),
      this.limit.set(i32.load(this.address.get, STATE.limit)),
      this.#inside.set(i32.load(this.address.get, STATE.inside)),
      this.#tail.set(i32.load(this.address.get, STATE.tail)),
    ];
  }

  /**
   * Notes a match. Once k were found, the limit falls to the largest distance that any of the k nearest so far has:
   * positions ascend, so a later code at that distance would come after them.
   */
  accept(position: Code, distance: Local): Code {
    const counts = STATE.words + 8 * this.#layout.words;
    const bin = (of: Local) => i32.add(this.address.get, i32.shl(of.get, i32.const(2)));
    return [
      i32.store(this.#tail.get, position),
      i32.store(this.#tail.get, distance.get, 4),
      this.#tail.set(i32.add(this.#tail.get, i32.const(8))),
      this.#bin.set(bin(distance)),
      i32.store(this.#bin.get, i32.add(i32.load(this.#bin.get, counts), i32.const(1)), counts),
      this.#inside.set(i32.add(this.#inside.get, i32.const(1))),
      whileLoop(
        i32.geU(this.#inside.get, i32.load(i32.const(this.#layout.k))),
        this.limit.set(i32.sub(this.limit.get, i32.const(1))),
        this.#inside.set(i32.sub(this.#inside.get, i32.load(bin(this.limit), counts))),
      ),
    ];
  }

  /** @param key  address of the query's key, which follows the limit */
  close(key: Code): Code {
    const { digits, full } = this.#layout;
    return [
      i32.store(this.address.get, this.limit.get, STATE.limit),
      i32.store(this.address.get, this.#inside.get, STATE.inside),
      i32.store(this.address.get, this.#tail.get, STATE.tail),
      i32.store16(key, i32.mul(this.limit.get, i32.const(digits))),
      ifThen(this.isFull(), i32.store(i32.const(full), i32.const(1))),
    ];
  }

  isFull(): Code {
    return i32.gtU(this.#tail.get, i32.load(this.address.get, STATE.margin));
  }
}
