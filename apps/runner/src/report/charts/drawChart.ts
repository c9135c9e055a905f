import { parse, View } from 'vega';
import { compile, type Config } from 'vega-lite';
import type { Chart } from './chart.js';
import { color } from './palette.js';

const FONT = 'Noto Sans, system-ui, sans-serif';

const config: Config = {
  background: color('--paper'),
  padding: 8,
  font: FONT,
  aria: false,
  view: { stroke: null },
  axis: {
    domainColor: color('--rule'),
    gridColor: color('--rule'),
    tickColor: color('--rule'),
    labelColor: color('--muted'),
    titleColor: color('--muted'),
    labelFontSize: 11,
    titleFontSize: 11,
    titleFontWeight: 'normal',
    titlePadding: 6,
    tickCount: 5,
  },
  axisX: { grid: false },
  axisY: { domain: false, ticks: false },
  title: {
    anchor: 'start',
    frame: 'bounds',
    color: color('--ink'),
    subtitleColor: color('--muted'),
    fontSize: 13,
    fontWeight: 600,
    subtitleFontSize: 11,
    subtitlePadding: 4,
    offset: 10,
  },
  legend: {
    orient: 'bottom',
    direction: 'horizontal',
    title: null,
    labelColor: color('--ink'),
    labelFontSize: 11,
    symbolStrokeWidth: 2.5,
    symbolSize: 140,
    columnPadding: 14,
    padding: 0,
    offset: 10,
  },
  line: { strokeWidth: 2 },
};

/** Draws a chart as SVG whose colours are CSS variables. */
export async function drawChart({ spec, alt }: Chart): Promise<string> {
  const view = new View(parse(compile(spec, { config }).spec), { renderer: 'none' });
  try {
    return labelled(await view.toSVG(), alt);
  } finally {
    view.finalize();
  }
}

/** Says what the drawing shows to those who cannot see it. */
function labelled(svg: string, alt: string): string {
  const text = alt.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return svg.replace(/^<svg /, `<svg role="img" aria-label="${text}" `);
}
