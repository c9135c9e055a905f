import type { Series } from './chart.js';

/** Where each line begins and ends, in words: `16 bits: from 2.913 at 1 to 1.402 at 12.` */
export function rangeOf(series: readonly Series[]): string {
  return series
    .flatMap(({ label, points }) => {
      const [first, last] = [points[0], points.at(-1)];
      return first && last
        ? [`${label}: from ${show(first.y)} at ${show(first.x)} to ${show(last.y)} at ${show(last.x)}.`]
        : [];
    })
    .join(' ');
}

function show(value: number): string {
  return String(Number(value.toPrecision(4)));
}
