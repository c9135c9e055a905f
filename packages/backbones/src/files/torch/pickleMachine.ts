import type { PickleCursor } from './pickleCursor.js';

/**
 * What a pickle may be made of besides numbers, texts, lists and dicts. The unpickler itself runs nothing: a global
 * that `resolve` does not know is an error.
 */
export interface PickleHost {
  resolve(module: string, name: string): PickleGlobal | undefined;
  /** Turns a persistent id, such as the description of a storage, into a value. */
  persistent(id: unknown): unknown;
}

/** What a name of the host's allow-list stands for, if it is more than a name. */
export interface PickleMeaning {
  /** Makes a value. */
  readonly call?: (args: readonly unknown[]) => unknown;
  /** Whether it is a class, of which only the attributes of its objects are read. */
  readonly isClass?: boolean;
}

/** A name that the host's allow-list knows. */
export class PickleGlobal implements PickleMeaning {
  readonly name: string;
  readonly call?: (args: readonly unknown[]) => unknown;
  readonly isClass: boolean;

  constructor(name: string, { call, isClass = false }: PickleMeaning = {}) {
    this.name = name;
    this.isClass = isClass;
    if (call) this.call = call;
  }
}

/** An object of a class that is never looked for: what the pickle says of it. */
export class PickleObject {
  attributes: ReadonlyMap<unknown, unknown> = new Map();
}

/** Far above what a file of weights needs: the pickler itself empties its stack every thousand items. */
const MOST_ON_STACK = 100_000;

/** The stack, the marks in it, and the memo. Tuples are arrays like lists, dicts are maps. */
export class PickleMachine {
  readonly cursor: PickleCursor;
  readonly host: PickleHost;
  readonly #stack: unknown[] = [];
  readonly #marks: number[] = [];
  readonly #memo = new Map<number, unknown>();

  constructor(cursor: PickleCursor, host: PickleHost) {
    this.cursor = cursor;
    this.host = host;
  }

  push(value: unknown): void {
    if (this.#stack.length >= MOST_ON_STACK)
      throw new Error(`expected at most ${MOST_ON_STACK} values on the stack, but found more`);
    this.#stack.push(value);
  }

  pop(): unknown {
    this.#require(1);
    return this.#stack.pop();
  }

  top(): unknown {
    this.#require(1);
    return this.#stack.at(-1);
  }

  /** The last `count` values, in the order in which they were pushed. */
  take(count: number): unknown[] {
    this.#require(count);
    return this.#stack.splice(this.#stack.length - count);
  }

  mark(): void {
    if (this.#marks.length >= MOST_ON_STACK)
      throw new Error(`expected at most ${MOST_ON_STACK} marks, but found more`);
    this.#marks.push(this.#stack.length);
  }

  /** All values since the last mark. */
  takeMarked(): unknown[] {
    const from = this.#marks.pop();
    if (from === undefined) throw new Error('expected a mark on the stack, but found none');
    return this.#stack.splice(from);
  }

  remember(slot: number): void {
    this.#memo.set(slot, this.top());
  }

  rememberNext(): void {
    this.remember(this.#memo.size);
  }

  recall(slot: number): void {
    if (!this.#memo.has(slot))
      throw new Error(`expected a value in slot ${slot} of the memo, but found none`);
    this.push(this.#memo.get(slot));
  }

  #require(count: number): void {
    const available = this.#stack.length - (this.#marks.at(-1) ?? 0);
    if (available < count) throw new Error(`expected ${count} values on the stack, but found ${available}`);
  }
}
