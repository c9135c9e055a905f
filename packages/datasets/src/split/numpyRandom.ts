const LENGTH = 624;
const MIDDLE = 397;

/**
 * NumPy's legacy generator after `np.random.seed(seed)`: the Mersenne Twister MT19937, and the permutations that the
 * field's split scripts draw from it.
 *
 * @see Matsumoto & Nishimura, Mersenne Twister, ACM TOMACS 8(1), 1998
 */
export class NumpyRandom {
  readonly #state = new Uint32Array(LENGTH);
  #next = LENGTH;

  /** @param seed  an integer from 0 to 2^32 - 1 */
  constructor(seed: number) {
    if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) {
      throw new RangeError(
        `NumpyRandom: expected the seed to be an integer from 0 to 2^32 - 1, but got ${seed}.`,
      );
    }
    this.#state[0] = seed;
    for (let i = 1; i < LENGTH; i++) {
      const previous = this.#state[i - 1]!;
      this.#state[i] = Math.imul(1812433253, previous ^ (previous >>> 30)) + i;
    }
  }

  /** An integer from 0 to 2^32 - 1. */
  uint32(): number {
    if (this.#next === LENGTH) this.#twist();
    let y = this.#state[this.#next++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  /** `np.random.permutation(n)`. */
  permutation(n: number): Uint32Array {
    const order = Uint32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.#upTo(i);
      const held = order[i]!;
      order[i] = order[j]!;
      order[j] = held;
    }
    return order;
  }

  /** An integer from 0 to `largest`: draws below the next power of two until one fits. */
  #upTo(largest: number): number {
    const mask = 0xffffffff >>> Math.clz32(largest);
    let value = this.uint32() & mask;
    while (value > largest) value = this.uint32() & mask;
    return value;
  }

  #twist(): void {
    const state = this.#state;
    for (let k = 0; k < LENGTH; k++) {
      const y = (state[k]! & 0x80000000) | (state[(k + 1) % LENGTH]! & 0x7fffffff);
      state[k] = state[(k + MIDDLE) % LENGTH]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.#next = 0;
  }
}

/** What `np.random.seed(seed); np.random.permutation(n)` gives. */
export function numpyPermutation(seed: number, n: number): Uint32Array {
  return new NumpyRandom(seed).permutation(n);
}
