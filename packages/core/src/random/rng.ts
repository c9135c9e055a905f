/** The position of an {@link Rng} in its sequence, as plain data for a checkpoint. */
export interface RngState {
  readonly key: readonly [number, number, number, number];
  readonly state: readonly [number, number, number, number];
}

type Words = [number, number, number, number];

/** Fractional digits of the golden ratio, pi, e and the root of two: nothing up the sleeve. */
const START: Readonly<Words> = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x6a09e667];

/**
 * A seeded generator of random numbers (xoshiro128**, period 2^128 - 1): same seed, same numbers, on every machine.
 *
 * `fork` derives an independent generator from the seed and some keys, not from the position in the sequence. Work that
 * is done in parallel or resumed in the middle, such as augmenting sample 17 of epoch 3, forks by these numbers and so
 * needs no common order.
 *
 * @see Blackman & Vigna, Scrambled Linear Pseudorandom Number Generators, ACM TOMS 47(4), 2021
 */
export class Rng {
  readonly #key: Readonly<Words>;
  #state: Words;

  /** @param seed  a number or a word; or a saved state, to go on from there */
  constructor(seed: number | string | RngState) {
    if (typeof seed === 'object') {
      this.#key = [...seed.key];
      this.#state = [...seed.state];
    } else {
      this.#key = absorb(START, String(seed));
      this.#state = [...this.#key];
    }
  }

  /** A generator that depends on this one's seed and on `keys` alone. */
  fork(...keys: readonly (number | string)[]): Rng {
    const key = keys.reduce<Readonly<Words>>((words, part) => absorb(words, String(part)), this.#key);
    return new Rng({ key, state: key });
  }

  state(): RngState {
    return { key: [...this.#key], state: [...this.#state] };
  }

  /** An integer from 0 to 2^32 - 1. */
  uint32(): number {
    const s = this.#state;
    const result = Math.imul(rotateLeft(Math.imul(s[1], 5), 7), 9) >>> 0;
    const t = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotateLeft(s[3], 11);
    return result;
  }

  /** A number in [low, high), by default [0, 1), in steps of 2^-32 of the range. */
  uniform(low = 0, high = 1): number {
    return low + (high - low) * (this.uint32() / 2 ** 32);
  }

  /** An integer from 0 to `n - 1`, each equally likely. */
  int(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > 2 ** 32) {
      throw new RangeError(`Rng.int: expected n to be an integer from 1 to 2^32, but got ${n}.`);
    }
    const limit = 2 ** 32 - (2 ** 32 % n);
    let x = this.uint32();
    while (x >= limit) x = this.uint32();
    return x % n;
  }

  /** A normally distributed number (Box-Muller; one of the pair is dropped, so that the state is the whole state). */
  normal(mean = 0, deviation = 1): number {
    const radius = Math.sqrt(-2 * Math.log((this.uint32() + 1) / 2 ** 32));
    return mean + deviation * radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  /** The numbers 0 ... n-1 in random order (Fisher-Yates). */
  permutation(n: number): Uint32Array {
    const order = Uint32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.int(i + 1);
      const held = order[i]!;
      order[i] = order[j]!;
      order[j] = held;
    }
    return order;
  }
}

function rotateLeft(x: number, bits: number): number {
  return (x << bits) | (x >>> (32 - bits));
}

/** Mixes the characters of `text`, and its end, into four words; each lane multiplies by its own odd constant. */
function absorb(words: Readonly<Words>, text: string): Words {
  const multipliers = [0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f, 0x165667b1] as const;
  let [a, b, c, d] = words;
  for (let i = 0; i <= text.length; i++) {
    const unit = i < text.length ? text.charCodeAt(i) : 0x10000 + text.length;
    a = finalise(Math.imul(a ^ unit, multipliers[0]) + d);
    b = finalise(Math.imul(b ^ unit, multipliers[1]) + a);
    c = finalise(Math.imul(c ^ unit, multipliers[2]) + b);
    d = finalise(Math.imul(d ^ unit, multipliers[3]) + c);
  }
  return a === 0 && b === 0 && c === 0 && d === 0 ? [1, 0, 0, 0] : [a, b, c, d];
}

/** MurmurHash3's finaliser: every bit of the input reaches every bit of the output. */
function finalise(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
