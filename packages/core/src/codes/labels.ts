/** Which of the classes each item has: a packed multi-hot matrix. */
export interface Labels {
  readonly count: number;
  readonly classes: number;
  /** [count, ceil(classes / 32)]; class c is bit (c & 31) of word (c >> 5) of its item. */
  readonly words: Uint32Array;
}
