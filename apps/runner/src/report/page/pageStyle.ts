import { DARK, LIGHT } from '../charts/palette.js';

const variables = (colors: Readonly<Record<string, string>>) =>
  Object.entries(colors)
    .map(([name, value]) => `${name}:${value};`)
    .join('');

/** The style of every report: for light and dark surroundings, for wide and narrow windows, and for paper. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; ${variables(LIGHT)} }
@media (prefers-color-scheme: dark) { :root { ${variables(DARK)} } }
@media print { :root { ${variables(LIGHT)} } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: clamp(1.25rem, 4vw, 3.5rem) clamp(1rem, 4vw, 2.5rem); }
h1 { font-size: clamp(1.7rem, 1.2rem + 2vw, 2.4rem); line-height: 1.15; letter-spacing: -0.02em; margin: 0 0 .4rem; }
h2 { font-size: 1.3rem; letter-spacing: -0.01em; margin: 3.2rem 0 .3rem; padding-top: 1.4rem; border-top: 1px solid var(--rule); }
h3 { font-size: 1rem; margin: 1.8rem 0 .6rem; }
p { margin: 0 0 1rem; max-width: 46rem; overflow-wrap: anywhere; }
p.lead::first-letter { text-transform: uppercase; }
.quiet, .lead, small, figcaption { color: var(--muted); }
a { color: var(--accent); }
code { font: .88em/1.4 ui-monospace, 'SF Mono', Menlo, Consolas, monospace; overflow-wrap: anywhere; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
dl.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(45%, 10.5rem), 1fr)); gap: 1.1rem 1.5rem; margin: 1.8rem 0 0; }
dl.facts dt { font-size: .8rem; color: var(--muted); }
dl.facts dd { margin: 0; font-weight: 550; overflow-wrap: anywhere; }
.card { background: var(--paper); border: 1px solid var(--rule); border-radius: 10px; padding: .9rem 1.1rem; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 1rem; align-items: start; margin: 1rem 0; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 1rem; margin: 1rem 0; }
.columns > .charts { margin: 0; }
.charts > figure { max-width: 36rem; }
figure { margin: 0; }
.chart { padding: .5rem; display: flex; flex-direction: column; }
.chart svg { display: block; width: 100%; height: auto; }
.chart svg text { font-family: inherit; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--muted); padding: 0 0 .5rem; }
th, td { padding: .34rem .5rem; text-align: right; vertical-align: baseline; border-bottom: 1px solid var(--rule); }
th:first-child, td:first-child { padding-left: 0; text-align: left; }
th:last-child, td:last-child { padding-right: 0; }
thead th { color: var(--muted); font-weight: 500; font-size: .82rem; }
tbody th { font-weight: 500; }
tr.group th { text-align: left; padding-top: 1rem; font-weight: 650; }
tr.group:first-child th { padding-top: .4rem; }
tr.group small { font-weight: 400; }
tbody:last-child tr:last-child > * { border-bottom: 0; }
td.best { font-weight: 700; }
.text { text-align: left; overflow-wrap: anywhere; }
.settings th, .settings td { text-align: left; overflow-wrap: anywhere; width: 50%; }
details { margin: 1rem 0; }
summary { cursor: pointer; font-weight: 600; }
details > table { margin-top: .8rem; }
.matrix img { display: block; width: 100%; height: auto; aspect-ratio: 1; image-rendering: pixelated; background: var(--paper); border: 1px solid var(--rule); }
.matrix figcaption { font-size: .82rem; padding: 0 0 .5rem; }
.matrix figcaption strong { display: block; color: var(--ink); font-weight: 600; }
.query { display: grid; grid-template-columns: 7.5rem 1fr; gap: 1.2rem; margin: 1rem 0; }
.query h3, .query .tally { margin: 0 0 .4rem; font-size: .8rem; font-weight: 500; color: var(--muted); }
.query .asked { overflow-wrap: anywhere; font-size: .86rem; }
.query .asked img, .query .asked .tile { width: 100%; margin-bottom: .4rem; }
.query .found + .tally { margin-top: .9rem; }
ol.found { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: repeat(10, minmax(0, 1fr)); gap: .35rem; }
ol.words { grid-template-columns: repeat(5, minmax(0, 1fr)); }
.query img { display: block; width: 100%; height: auto; aspect-ratio: 1; border-radius: 4px; }
.tile { display: block; font-size: .78rem; line-height: 1.35; padding: .35rem .4rem; border-radius: 4px; background: var(--ground);
  overflow-wrap: anywhere; min-height: 3.2em; }
.found li { font-size: .74rem; line-height: 1.5; text-align: center; }
.found .tile { text-align: left; color: var(--ink); }
.found .tile, .found img { border: 3px solid; }
.found .right .tile, .found .right img { border-color: var(--right); }
.found .wrong .tile, .found .wrong img { border-color: var(--wrong); }
.right span { color: var(--right); } .wrong span { color: var(--wrong); }
footer { margin-top: 3.5rem; padding-top: 1rem; border-top: 1px solid var(--rule); font-size: .86rem; color: var(--muted); }
@media (max-width: 44rem) {
  .query { grid-template-columns: 1fr; gap: .8rem; }
  .query .asked { display: grid; grid-template-columns: 5.5rem 1fr; gap: 0 .8rem; align-items: start; }
  .query .asked h3 { grid-column: 1 / -1; }
  .query .asked.worded { grid-template-columns: 1fr; }
  ol.found { grid-template-columns: repeat(5, minmax(0, 1fr)); }
  ol.words { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  th, td { padding: .34rem .3rem; }
}
@media print { .card, .query { break-inside: avoid; } }
`;
