/** One of the labels at the start of a record. */
interface LabelByte {
  readonly name: string;
  readonly classes: number;
}

/** How the binary version of CIFAR writes an image: label bytes, then 1024 red, 1024 green and 1024 blue ones. */
export interface RecordFormat {
  readonly labels: readonly LabelByte[];
  /** Which of the label bytes is the class. */
  readonly classByte: number;
}

export const SIDE = 32;
export const PIXELS = SIDE * SIDE;

export const CIFAR10: RecordFormat = { labels: [{ name: 'label', classes: 10 }], classByte: 0 };

export const CIFAR100: RecordFormat = {
  labels: [
    { name: 'coarse label', classes: 20 },
    { name: 'fine label', classes: 100 },
  ],
  classByte: 1,
};

export function recordBytes({ labels }: RecordFormat): number {
  return labels.length + 3 * PIXELS;
}
