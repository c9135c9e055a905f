import type { PublishedResult } from '@hash/core';
import { html, type Content } from './html.js';

/** What the authors of a method have published, a row for each data set and metric. */
export function publishedTable(published: readonly PublishedResult[], protocol: string): Content {
  const lengths = [...new Set(published.flatMap(({ values }) => Object.keys(values).map(Number)))].sort(
    (a, b) => a - b,
  );
  const here = published.some((row) => row.protocol === protocol);
  return html`<details>
    <summary>The paper's figures</summary>
    <p class="quiet">
      ${here ? '' : `None is of ${protocol}. `}They were measured with other backbones, splits or rules than
      this run's wherever those differ, and compare no further than the words beside them.
    </p>
    <table>
      <thead>
        <tr>
          <th scope="col" class="text">data</th>
          ${lengths.map((bits) => html`<th scope="col">${bits} bits</th>`)}
        </tr>
      </thead>
      ${groups(published).map(
        ([first, ...others]) =>
          html`<tbody>
            <tr class="group">
              <th scope="rowgroup" colspan="${lengths.length + 1}">
                ${first.metric} <small>${first.definition}; ${first.source}</small>
              </th>
            </tr>
            ${[first, ...others].map(
              ({ protocol, values }) =>
                html`<tr>
                  <th scope="row" class="text">${protocol}</th>
                  ${lengths.map((bits) => html`<td>${values[bits]?.toFixed(3) ?? '-'}</td>`)}
                </tr>`,
            )}
          </tbody>`,
      )}
    </table>
  </details>`;
}

/** Rows of the same metric, definition and source, in their order. */
function groups(published: readonly PublishedResult[]): [PublishedResult, ...PublishedResult[]][] {
  const found = new Map<string, [PublishedResult, ...PublishedResult[]]>();
  for (const row of published) {
    const key = [row.metric, row.definition, row.source].join('\n');
    const rows = found.get(key);
    if (rows) rows.push(row);
    else found.set(key, [row]);
  }
  return [...found.values()];
}
