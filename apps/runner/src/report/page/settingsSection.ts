import type { RunRecord } from '../readRecord.js';
import { html, type Content } from './html.js';

/** Everything that decided a run's outcome. */
export function settingsSection({ config, split, lengths }: RunRecord): Content {
  const { plan, versions, engine } = config;
  const counts = Object.entries(split.counts).map(([part, count]): [string, string] => [
    `items in ${part}`,
    String(count),
  ]);
  const seconds = lengths.map(({ bits, training }): [string, string] => [
    `training, ${bits} bits`,
    `${training.epochs} epochs, ${training.seconds.toFixed(0)} s`,
  ]);
  return html`<section>
    <h2>Settings</h2>
    ${table('Settings of the run', flatten(plan))}
    ${table('Data, engine and versions', [
      ...counts,
      ['SHA-256 of the split', split.sha256],
      ['engine', engine],
      ...Object.entries(versions),
      ...seconds,
    ])}
  </section>`;
}

function table(summary: string, rows: readonly (readonly [string, string])[]): Content {
  return html`<details>
    <summary>${summary}</summary>
    <table class="settings">
      <thead>
        <tr>
          <th scope="col">name</th>
          <th scope="col">value</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([key, value]) =>
            html`<tr>
              <th scope="row"><code>${key}</code></th>
              <td><code>${value}</code></td>
            </tr>`,
        )}
      </tbody>
    </table>
  </details>`;
}

/** `dataset.options.size` and its value, for each value at any depth. */
function flatten(value: unknown, path = ''): [string, string][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [[path, typeof value === 'string' ? value : JSON.stringify(value)]];
  return Object.entries(value).flatMap(([key, inner]) =>
    flatten(inner, path === '' ? key : `${path}.${key}`),
  );
}
