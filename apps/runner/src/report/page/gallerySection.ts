import type { FoundItem, Gallery, GalleryItem, GalleryQuery } from '../gallery/makeGallery.js';
import { PICTURE_SIZE } from '../gallery/showItems.js';
import { html, type Content } from './html.js';

/** @param note  why there are no pictures, where there are none */
export function gallerySection(galleries: readonly Gallery[], note?: string): Content {
  return html`<section>
    <h2>What queries find</h2>
    <p class="lead">
      The first query of each class, and its ten nearest items:
      <span class="right"><span>✓ framed green</span></span> where they share a label with it,
      <span class="wrong"><span>✗ framed red</span></span> where they do not. The number is the Hamming
      distance.
    </p>
    ${note === undefined ? undefined : html`<p class="quiet">${note}</p>`}
    ${galleries.map(
      ({ direction, queries }) => html`
        ${direction === '' ? undefined : html`<h3>${direction}</h3>`} ${queries.map(queryCard)}
      `,
    )}
  </section>`;
}

function queryCard({ item, rows }: GalleryQuery): Content {
  const worded = item.picture === undefined ? ' worded' : '';
  return html`<div class="card query">
    <div class="asked${worded}">
      <h3>query ${item.position}</h3>
      ${face(item, `query: ${describe(item)}`)}
      <div>${item.classes.join(', ')}</div>
    </div>
    <div>
      ${rows.map(
        ({ label, found }) =>
          html`<p class="tally">
              ${label} bits: ${found.filter(({ right }) => right).length} of ${found.length} right
            </p>
            <ol class="found${found.some(({ picture }) => picture !== undefined) ? '' : ' words'}">
              ${found.map(foundTile)}
            </ol>`,
      )}
    </div>
  </div>`;
}

function foundTile(item: FoundItem, rank: number): Content {
  const { right, distance } = item;
  const verdict = right ? 'right' : 'wrong';
  return html`<li class="${verdict}">
    ${face(item, `${rank + 1}, ${verdict}: ${describe(item)}`)}
    <span>${right ? '✓' : '✗'} ${distance}</span>
  </li>`;
}

/** The picture of an item, or its words. */
function face(item: GalleryItem, alt: string): Content {
  const { picture, caption, classes } = item;
  if (picture === undefined) return html`<span class="tile">${caption ?? classes.join(', ')}</span>`;
  return html`<img src="${picture}" width="${PICTURE_SIZE}" height="${PICTURE_SIZE}" alt="${alt}" />`;
}

function describe({ classes }: GalleryItem): string {
  return classes.length === 0 ? 'no class' : classes.join(', ');
}
