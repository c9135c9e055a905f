import type { Metric, PublishedResult } from '@hash/core';
import { sameMetric } from '../../run/sameMetric.js';
import { formatValue } from '../../terminal/formatMetric.js';
import type { LengthRecord } from '../readRecord.js';
import { html, type Content } from './html.js';

/**
 * All metrics of a run, a group of rows for each, beside the untrained network, random codes and the paper.
 *
 * @param published  what the paper says of the run's data set
 */
export function resultsTable(
  lengths: readonly LengthRecord[],
  published: readonly PublishedResult[],
): Content {
  const { metrics } = lengths[0]!.results;
  const inPaper = published.filter(({ metric }) => metrics.some(({ name }) => name === metric));
  const columns = ['trained', 'untrained', 'random', ...(inPaper.length > 0 ? ['paper'] : [])];
  return html`<table>
    <caption>
      Queries against the database${inPaper.length > 0 ? `; paper: ${sources(inPaper)}` : ''}
    </caption>
    <thead>
      <tr>
        <th scope="col">bits</th>
        ${columns.map((column) => html`<th scope="col">${column}</th>`)}
      </tr>
    </thead>
    ${metrics.map(
      (metric) =>
        html`<tbody>
          ${groupHeading(metric, columns.length + 1)} ${lengths.map((length) => row(length, metric, inPaper))}
        </tbody>`,
    )}
  </table>`;
}

/** A row that names the metric of those below it. */
export function groupHeading(
  { name, definition }: Pick<Metric, 'name' | 'definition'>,
  columns: number,
): Content {
  return html`<tr class="group">
    <th scope="rowgroup" colspan="${columns}">${name} <small>${definition}</small></th>
  </tr>`;
}

function row(
  { bits, results }: LengthRecord,
  metric: Metric,
  published: readonly PublishedResult[],
): Content {
  const { untrained, randomCodes } = results.baselines;
  const paper = published.find((row) => row.metric === metric.name);
  const value = (metrics: readonly Metric[]) => formatValue(sameMetric(metrics, metric)?.value);
  return html`<tr>
    <th scope="row">${bits}</th>
    <td class="best">${value(results.metrics)}</td>
    <td>${value(untrained)}</td>
    <td>${value(randomCodes)}</td>
    ${published.length > 0 ? html`<td>${formatValue(paper?.values[bits])}</td>` : undefined}
  </tr>`;
}

function sources(published: readonly PublishedResult[]): string {
  return [...new Set(published.map(({ source, definition }) => `${source} (${definition})`))].join('; ');
}
