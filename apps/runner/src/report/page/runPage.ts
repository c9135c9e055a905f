import type { PublishedResult } from '@hash/core';
import { correlationImage } from '../charts/correlationImage.js';
import type { Gallery } from '../gallery/makeGallery.js';
import type { MeasuredCodes } from '../measureCodes.js';
import type { RunRecord } from '../readRecord.js';
import type { RunCharts } from '../runCharts.js';
import { codesTable } from './codesTable.js';
import { document } from './document.js';
import { figures, type Drawing } from './figures.js';
import { gallerySection } from './gallerySection.js';
import { html, type Content } from './html.js';
import { publishedTable } from './publishedTable.js';
import { resultsTable } from './resultsTable.js';
import { SELECTED } from '../../run/selected.js';
import { settingsSection } from './settingsSection.js';

export interface RunPage {
  readonly record: RunRecord;
  /** What the paper says of the run's data set. */
  readonly published: readonly PublishedResult[];
  readonly measured: readonly MeasuredCodes[];
  readonly drawn: RunCharts<Drawing>;
  readonly galleries: readonly Gallery[];
  /** Why there are no pictures, where there are none. */
  readonly note?: string | undefined;
}

/** The report of one run. */
export function runPage({ record, published, measured, drawn, galleries, note }: RunPage): string {
  const { method, split, lengths } = record;
  const all = method.published ?? [];
  const body = html`${heading(record)}
    <section>
      <h2>Results</h2>
      <p class="lead">${SELECTED[record.config.plan.select]}.</p>
      <div class="columns">
        ${figures(drawn.overview)}
        <div class="card">${resultsTable(lengths, published)}</div>
      </div>
      ${all.length > 0 ? publishedTable(all, split.protocol) : undefined}
    </section>
    <section>
      <h2>Retrieval</h2>
      ${figures(drawn.retrieval)}
    </section>
    ${gallerySection(galleries, note)}
    <section>
      <h2>Codes</h2>
      ${figures(drawn.distances)}
      <h3>Use of the bits</h3>
      <div class="columns"><div class="card">${codesTable(measured)}</div></div>
      ${figures(drawn.balance)}
      <div class="charts">${measured.map(matrices)}</div>
    </section>
    <section>
      <h2>Training</h2>
      ${figures(drawn.training)}
    </section>
    ${settingsSection(record)}
    <footer>
      Made by <code>hash-runner</code>; made anew by <code>hash-runner report</code> and the run folder. The
      charts lie beside this page as SVG and PNG.
    </footer>`;
  return document(`${titleOf(record)} – hash-runner`, body);
}

function titleOf({ method, split }: RunRecord): string {
  return `${method.name} on ${split.protocol}`;
}

function heading(record: RunRecord): Content {
  const { method, config, split, lengths, name } = record;
  const { title, venue, year, url } = method.paper;
  const { plan, engine } = config;
  const count = (part: string) => split.counts[part]?.toLocaleString('en');
  const open = plan.bits.filter((bits) => lengths.every((length) => length.bits !== bits));
  const facts: [string, Content][] = [
    ['run', name],
    ['recipe', plan.recipe],
    ['backbone', plan.backbone.frozen ? `${plan.backbone.name}, frozen` : plan.backbone.name],
    ['bit lengths', lengths.map(({ bits }) => bits).join(', ')],
    ['queries', count('query')],
    ['database', count('database')],
    ['train', count('train')],
    ['seed', plan.seed],
    ['engine', engine],
  ];
  return html`<header>
    <h1>${titleOf(record)}</h1>
    <p class="lead"><a href="${url}">${title}</a>, ${venue} ${year}</p>
    ${open.length > 0 ? html`<p>Not done yet: ${open.join(', ')} bits.</p>` : undefined}
    <dl class="facts">
      ${facts.map(
        ([term, fact]) =>
          html`<div>
            <dt>${term}</dt>
            <dd>${fact}</dd>
          </div>`,
      )}
    </dl>
  </header>`;
}

/** The correlations of all pairs of bits. */
function matrices({ bits, label, statistics }: MeasuredCodes): Content {
  return [...statistics].map(([modality, of]) => {
    const title = `Correlation of the bits, ${label} bits${statistics.size > 1 ? `, ${modality} codes` : ''}`;
    const mean = of.meanCorrelation.toFixed(3);
    const source = `data:image/png;base64,${correlationImage(of).toString('base64')}`;
    return html`<figure class="card matrix">
      <figcaption><strong>${title}</strong>blue: together, orange: opposite; mean ${mean}</figcaption>
      <img
        src="${source}"
        width="${bits}"
        height="${bits}"
        alt="${title}: ${mean} on average, regardless of sign."
      />
    </figure>`;
  });
}
