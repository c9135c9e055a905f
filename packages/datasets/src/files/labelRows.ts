import type { Labels } from '@hash/core';

/** The labels of items that come one after another, of classes whose number may be known only in the end. */
export class LabelRows {
  #words = new Uint32Array(1024);
  #width = 1;
  #count = 0;
  #classes = 0;

  get count(): number {
    return this.#count;
  }

  /** One more than the highest class so far. */
  get classes(): number {
    return this.#classes;
  }

  /** @param ids  the classes of the next item, whole numbers from 0 */
  add(ids: readonly number[]): void {
    this.#classes = ids.reduce((most, id) => Math.max(most, id + 1), this.#classes);
    const width = Math.ceil(this.#classes / 32);
    if (width > this.#width) this.#widen(width);
    this.#grow((this.#count + 1) * this.#width);
    const start = this.#count++ * this.#width;
    for (const id of ids) this.#words[start + (id >> 5)]! |= 1 << (id & 31);
  }

  /** Whether an item has these classes and no others. */
  equal(item: number, ids: readonly number[]): boolean {
    const row = this.#words.slice(item * this.#width, (item + 1) * this.#width);
    for (const id of ids) {
      if (id >= this.#width * 32) return false;
      row[id >> 5]! ^= 1 << (id & 31);
    }
    return row.every((word) => word === 0);
  }

  /** @param classes  at least as many as there are */
  toLabels(classes: number): Labels {
    const width = Math.ceil(classes / 32);
    if (width > this.#width) this.#widen(width);
    return { count: this.#count, classes, words: this.#words.slice(0, this.#count * this.#width) };
  }

  #grow(length: number): void {
    if (length <= this.#words.length) return;
    const longer = new Uint32Array(2 * length);
    longer.set(this.#words);
    this.#words = longer;
  }

  #widen(width: number): void {
    const wider = new Uint32Array(Math.max(1024, this.#count * width));
    for (let item = 0; item < this.#count; item++)
      wider.set(this.#words.subarray(item * this.#width, (item + 1) * this.#width), item * width);
    this.#words = wider;
    this.#width = width;
  }
}
