import { SELECTED } from '../../run/selected.js';
import { formatValue } from '../../terminal/formatMetric.js';
import type { Comparison, NamedRun } from '../compareRuns.js';
import { document } from './document.js';
import { figures, type Drawing } from './figures.js';
import { html, type Content } from './html.js';
import { groupHeading } from './resultsTable.js';

export interface ComparisonPage {
  readonly runs: readonly NamedRun[];
  readonly comparisons: readonly Comparison[];
  readonly drawn: { readonly metrics: readonly Drawing[]; readonly curves: readonly Drawing[] };
}

/** The page that compares runs. */
export function comparisonPage({ runs, comparisons, drawn }: ComparisonPage): string {
  const protocols = [...new Set(comparisons.map(({ protocol }) => protocol))];
  const title = `${runs.length} runs on ${protocols.join(', ')}`;
  return document(
    `${title} – hash-runner`,
    html`<header>
        <h1>${title}</h1>
        <p class="lead">
          Figures stand in one table where data set, protocol, metric and definition are the same.
        </p>
      </header>
      ${protocols.map((protocol) =>
        protocolSection(
          protocol,
          comparisons.filter((comparison) => comparison.protocol === protocol),
        ),
      )}
      <section>
        <h2>Bit lengths</h2>
        ${figures(drawn.metrics)}
      </section>
      <section>
        <h2>Curves</h2>
        ${figures(drawn.curves)}
      </section>
      <section>
        <h2>Runs</h2>
        <div class="columns">${runs.map(runCard)}</div>
      </section>
      <footer>
        Made by <code>hash-runner report</code>. The charts lie beside this page as SVG and PNG.
      </footer>`,
  );
}

function protocolSection(protocol: string, comparisons: readonly Comparison[]): Content {
  const lengths = [...new Set(comparisons.flatMap(({ lengths }) => lengths))].sort((a, b) => a - b);
  const splits = new Set(comparisons.flatMap(({ splits }) => splits)).size;
  return html`<section>
    <h2>${protocol}</h2>
    ${
      splits > 1
        ? html`<p>
            These runs have ${splits} different splits of the data: differences between them are partly
            chance.
          </p>`
        : undefined
    }
    <div class="card">
      <table>
        <caption>
          The best of each column is bold
        </caption>
        <thead>
          <tr>
            <th scope="col" class="text">run</th>
            ${lengths.map((bits) => html`<th scope="col">${bits} bits</th>`)}
          </tr>
        </thead>
        ${comparisons.map((comparison) => metricRows(comparison, lengths))}
      </table>
    </div>
  </section>`;
}

function metricRows({ metric, rows }: Comparison, lengths: readonly number[]): Content {
  const best = new Map(
    lengths.map((bits) => [bits, Math.max(...rows.map(({ values }) => values.get(bits) ?? -Infinity))]),
  );
  const cell = (value: number | undefined, bits: number) =>
    html`<td class="${value !== undefined && value === best.get(bits) ? 'best' : ''}">
      ${formatValue(value)}
    </td>`;
  return html`<tbody>
    ${groupHeading(metric, lengths.length + 1)}
    ${rows.map(
      ({ label, values }) =>
        html`<tr>
          <th scope="row" class="text">${label}</th>
          ${lengths.map((bits) => cell(values.get(bits), bits))}
        </tr>`,
    )}
  </tbody>`;
}

function runCard({ label, record }: NamedRun): Content {
  const { config, method, folder, lengths, split } = record;
  const { plan, engine } = config;
  const facts: [string, Content][] = [
    [
      'paper',
      html`<a href="${method.paper.url}">${method.paper.title}</a>, ${method.paper.venue} ${method.paper.year}`,
    ],
    ['data', split.protocol],
    ['recipe', plan.recipe],
    ['backbone', plan.backbone.frozen ? `${plan.backbone.name}, frozen` : plan.backbone.name],
    ['bit lengths', lengths.map(({ bits }) => bits).join(', ')],
    ['seed', plan.seed],
    ['engine', engine],
    ['selection', SELECTED[plan.select]],
    ['folder', html`<code>${folder}</code>`],
  ];
  return html`<div class="card">
    <h3>${label}</h3>
    <dl>
      ${facts.map(
        ([term, fact]) =>
          html`<div>
            <dt>${term}</dt>
            <dd>${fact}</dd>
          </div>`,
      )}
    </dl>
  </div>`;
}
