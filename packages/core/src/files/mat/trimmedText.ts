import { countElements } from '../numericArray.js';
import { columnMajorStrides, toRowMajor } from '../rowMajor.js';
import type { MatText } from './matFile.js';

/** Hands on all characters of a matrix, piece by piece, in column-major order. */
export type CharacterSource = (use: (piece: string) => void) => Promise<void>;

/**
 * The strings of an array of characters, which run along its last axis, without the blanks at their ends.
 *
 * A file has the first character of all strings, then the second of all, and so on. It is read twice, so that no more
 * than what is left of the strings is ever in memory.
 *
 * @param place  names the file and the variable in errors
 * @param shape  of the characters
 */
export async function trimmedText(
  place: string,
  shape: readonly number[],
  source: CharacterSource,
): Promise<MatText> {
  const axes = shape.slice(0, -1);
  const strings = shape.at(-1) === 0 ? 0 : countElements(axes);
  const text = await measured(place, shape, strings, source);
  await source((piece) => text.take(piece));
  const rows = Uint32Array.from({ length: strings }, (_, row) => row);
  const order = toRowMajor(rows, axes, columnMajorStrides(axes));
  return {
    class: 'char',
    shape: strings === 0 ? [0] : axes,
    strings: Array.from(order, (row) => text.string(row)),
  };
}

/** SciPy counts characters; MATLAB counts the 16-bit units of which some characters have two. */
async function measured(
  place: string,
  shape: readonly number[],
  strings: number,
  source: CharacterSource,
): Promise<Strings> {
  const count = countElements(shape);
  let found = 0;
  for (const inPairs of [true, false]) {
    const text = new Strings(strings, inPairs);
    await source((piece) => text.measure(piece));
    if (text.count === count) return text;
    found = text.count;
  }
  throw new Error(`${place}: expected ${count} characters, but found ${found}.`);
}

/** Strings whose characters come in turns: first their lengths are measured, then they are taken. */
class Strings {
  /** Characters so far, of all strings. */
  count = 0;
  readonly #inPairs: boolean;
  /** 16-bit units of each string so far, and up to its last character that is no blank. */
  readonly #used: Uint32Array;
  readonly #kept: Uint32Array;
  #starts = new Float64Array(0);
  #units: Uint16Array<ArrayBuffer> | undefined;
  #next = 0;

  /** @param inPairs  whether the two units of a character come together */
  constructor(strings: number, inPairs: boolean) {
    this.#used = new Uint32Array(strings);
    this.#kept = new Uint32Array(strings);
    this.#inPairs = inPairs;
  }

  // Both loops see hundreds of millions of characters, most of them blanks: hence no function for each.
  measure(piece: string): void {
    const [used, kept] = [this.#used, this.#kept];
    let row = this.#next;
    for (let i = 0; i < piece.length; i++) {
      const unit = piece.charCodeAt(i);
      const isPair = unit >= 0xd800 && this.#isPair(piece, i);
      if (isPair) i++;
      used[row]! += isPair ? 2 : 1;
      if (unit !== 0x20 && unit !== 0) kept[row] = used[row]!;
      if (++row >= used.length) row = 0;
      this.count++;
    }
    this.#next = row;
  }

  take(piece: string): void {
    const units = (this.#units ??= this.#allocate());
    const [used, kept, starts] = [this.#used, this.#kept, this.#starts];
    let row = this.#next;
    for (let i = 0; i < piece.length; i++) {
      const isPair = piece.charCodeAt(i) >= 0xd800 && this.#isPair(piece, i);
      if (used[row]! < kept[row]!) {
        units[starts[row]! + used[row]!++] = piece.charCodeAt(i);
        if (isPair) units[starts[row]! + used[row]!++] = piece.charCodeAt(i + 1);
      }
      if (isPair) i++;
      if (++row >= used.length) row = 0;
    }
    this.#next = row;
  }

  string(row: number): string {
    const start = this.#starts[row]!;
    const bytes = this.#units!.subarray(start, start + this.#kept[row]!);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf16le');
  }

  #allocate(): Uint16Array<ArrayBuffer> {
    let total = 0;
    this.#starts = Float64Array.from(this.#kept, (kept) => (total += kept) - kept);
    this.#used.fill(0);
    this.#next = 0;
    return new Uint16Array(total);
  }

  #isPair(piece: string, i: number): boolean {
    return this.#inPairs && piece.codePointAt(i)! > 0xffff;
  }
}
