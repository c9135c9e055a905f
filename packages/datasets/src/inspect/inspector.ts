/** Hears what is wrong with the files of a data set while they are read. */
export interface Inspector {
  /** Something that keeps the data set from being used. What it concerns is left out by whoever goes on. */
  problem(message: string): void;
  /** Something that is unusual, or costs a figure its meaning, but can be used. */
  note(message: string): void;
}

/** Whoever opens a data set to use it: the first problem ends it, and notes are not heard. */
export const STRICT: Inspector = {
  problem(message) {
    throw new Error(message);
  },
  note() {},
};
