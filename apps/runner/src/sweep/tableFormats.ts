import type { SweepRow } from './sweepTable.js';

/** Rows for each method, recipe, choice of settings and metric; a column for each bit length. */
export interface PivotTable {
  readonly titles: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function pivot(rows: readonly SweepRow[]): PivotTable {
  const keys = [...new Set(rows.flatMap(({ settings }) => Object.keys(settings)))];
  const bits = [...new Set(rows.map((row) => row.bits))].sort((a, b) => a - b);
  const lines = new Map<string, { head: string[]; cells: Map<number, string> }>();
  for (const row of rows) {
    const metric = `${row.metric} (${row.definition})`;
    const head = [
      row.method,
      row.recipe,
      ...keys.map((key) => row.settings[key] ?? ''),
      row.protocol,
      metric,
    ];
    const line = lines.get(JSON.stringify(head)) ?? { head, cells: new Map<number, string>() };
    line.cells.set(row.bits, formatCell(row));
    lines.set(JSON.stringify(head), line);
  }
  return {
    titles: ['method', 'recipe', ...keys, 'protocol', 'metric', ...bits.map((length) => `${length} bits`)],
    rows: [...lines.values()].map(({ head, cells }) => [
      ...head,
      ...bits.map((length) => cells.get(length) ?? '-'),
    ]),
  };
}

/** `0.4022 ± 0.0123 (3)`: mean, spread and number of the seeds */
function formatCell({ mean, spread, seeds }: SweepRow): string {
  return spread === null ? mean.toFixed(4) : `${mean.toFixed(4)} ± ${spread.toFixed(4)} (${seeds.length})`;
}

/** As a table of Markdown. */
export function markdownTable(rows: readonly SweepRow[]): string {
  const { titles, rows: body } = pivot(rows);
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  return [line(titles), line(titles.map(() => '---')), ...body.map(line)].join('');
}

/** As a `tabular` of LaTeX with the rules of booktabs. */
export function latexTable(rows: readonly SweepRow[]): string {
  const { titles, rows: body } = pivot(rows);
  const escape = (text: string) => text.replace(/[&%#_{}$]/g, '\\$&').replace('±', '$\\pm$');
  const line = (cells: readonly string[]) => `${cells.map(escape).join(' & ')} \\\\\n`;
  const columns = titles.map((title) => (title.endsWith(' bits') ? 'r' : 'l')).join('');
  return (
    `\\begin{tabular}{${columns}}\n\\toprule\n${line(titles)}\\midrule\n` +
    `${body.map(line).join('')}\\bottomrule\n\\end{tabular}\n`
  );
}

/** A line for each metric of each bit length, with a column for each setting that varies. */
export function csvTable(rows: readonly SweepRow[]): string {
  const keys = [...new Set(rows.flatMap(({ settings }) => Object.keys(settings)))];
  const titles = [
    'method',
    'recipe',
    ...keys,
    'protocol',
    'bits',
    'metric',
    'definition',
    'seeds',
    'mean',
    'spread',
  ];
  const lines = rows.map((row) => [
    ...[row.method, row.recipe, ...keys.map((key) => row.settings[key] ?? ''), row.protocol, row.bits],
    ...[row.metric, row.definition, row.seeds.length, row.mean, row.spread ?? ''],
  ]);
  return [titles, ...lines].map((cells) => `${cells.map(csvCell).join(',')}\n`).join('');
}

function csvCell(value: string | number): string {
  const text = String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
