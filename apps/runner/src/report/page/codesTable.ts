import { formatValue } from '../../terminal/formatMetric.js';
import type { MeasuredCodes } from '../measureCodes.js';
import { html, type Content } from './html.js';

/** How well the codes of the database use their bits. */
export function codesTable(lengths: readonly MeasuredCodes[]): Content {
  const rows = lengths.flatMap(({ label, statistics }) =>
    [...statistics].map(([modality, of]) => ({
      name: statistics.size > 1 ? `${label}, ${modality}` : label,
      ...of,
    })),
  );
  return html`<table>
    <caption>
      Codes of the database; good ones have balanced bits that do not go together
    </caption>
    <thead>
      <tr>
        <th scope="col">bits</th>
        <th scope="col">imbalance</th>
        <th scope="col">correlation</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ({ name, imbalance, meanCorrelation }) =>
          html`<tr>
            <th scope="row">${name}</th>
            <td>${formatValue(imbalance)}</td>
            <td>${formatValue(meanCorrelation)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
