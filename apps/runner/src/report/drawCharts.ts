import type { Chart } from './charts/chart.js';
import { drawChart } from './charts/drawChart.js';
import type { Drawing } from './page/figures.js';

/** Draws the charts of each section. */
export async function drawCharts<Section extends string>(
  charts: Readonly<Record<Section, readonly Chart[]>>,
): Promise<Record<Section, Drawing[]>> {
  const drawn: Partial<Record<Section, Drawing[]>> = {};
  for (const [section, list] of Object.entries<readonly Chart[]>(charts)) {
    const drawings: Drawing[] = [];
    for (const chart of list) drawings.push({ name: chart.name, svg: await drawChart(chart) });
    drawn[section as Section] = drawings;
  }
  return drawn as Record<Section, Drawing[]>;
}
