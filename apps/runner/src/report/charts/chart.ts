import type { TopLevelSpec } from 'vega-lite';

/** A drawing of a report. */
export interface Chart {
  /** Of its files: `precision-recall`. */
  readonly name: string;
  /** What somebody who cannot see it should know. */
  readonly alt: string;
  readonly spec: TopLevelSpec;
}

/** One line or set of bars of a chart, in the order of the legend. */
export interface Series {
  readonly label: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}
