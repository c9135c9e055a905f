import { Html, html, type Content } from './html.js';

/** A chart that has been drawn. */
export interface Drawing {
  /** Of its files. */
  readonly name: string;
  readonly svg: string;
}

/** Charts side by side, as many as there is room for. */
export function figures(drawings: readonly Drawing[]): Content {
  return html`<div class="charts">${drawings.map(figure)}</div>`;
}

export function figure({ svg }: Drawing): Content {
  return html`<figure class="card chart">${new Html(svg)}</figure>`;
}
