/**
 * The colours of a report, by the names of its CSS variables: charts speak of `var(--ink)`, so that the page can turn them
 * dark. Text has a contrast of at least 4.5 to its ground, lines of 3.
 */
export const LIGHT = {
  '--paper': '#ffffff',
  '--ground': '#f6f7f9',
  '--ink': '#1a1d21',
  '--muted': '#5a6270',
  '--rule': '#dfe3e8',
  '--accent': '#1f5fa8',
  '--right': '#1a7f37',
  '--wrong': '#c62828',
  '--series-1': '#1f6fc2',
  '--series-2': '#c4520f',
  '--series-3': '#13805a',
  '--series-4': '#8142c4',
  '--series-5': '#94700a',
  '--series-6': '#b8327f',
  '--series-7': '#0c7f92',
  '--series-8': '#6a6f7a',
} as const;

export type ColorName = keyof typeof LIGHT;

export const DARK: Readonly<Record<ColorName, string>> = {
  '--paper': '#1b1e23',
  '--ground': '#121418',
  '--ink': '#e9ebee',
  '--muted': '#a2abb8',
  '--rule': '#343a43',
  '--accent': '#7db5f5',
  '--right': '#4cc26a',
  '--wrong': '#ff6b62',
  '--series-1': '#66aef7',
  '--series-2': '#ff9555',
  '--series-3': '#4fcf9d',
  '--series-4': '#c297ff',
  '--series-5': '#e2bd4a',
  '--series-6': '#ff85c2',
  '--series-7': '#4fd0e2',
  '--series-8': '#adb4c0',
};

const SERIES = 8;

/** The colour of the series at `index`, from 0; they come again after the eighth, where the dashes differ. */
export function seriesColor(index: number): string {
  return color(`--series-${(index % SERIES) + 1}` as ColorName);
}

/** How a chart names a colour. */
export function color(name: ColorName): string {
  return `var(${name})`;
}

/** A chart for a file of its own, outside the page: with the colours of light paper. */
export function withLightColors(svg: string): string {
  return svg.replace(/var\((--[a-z0-9-]+)\)/g, (_, name: ColorName) => LIGHT[name]);
}
