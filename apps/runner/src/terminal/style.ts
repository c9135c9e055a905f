import type { Output, Surroundings } from '../surroundings.js';

/** Styles text for a stream: on a terminal by escape sequences, elsewhere and under `NO_COLOR` not at all. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
}

/** @see https://no-color.org */
export function styleFor(stream: Output, env: Surroundings['env']): Style {
  const plain = stream.isTTY !== true || (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  const paint = (open: number, close: number) => (text: string) =>
    plain ? text : `\u001b[${open}m${text}\u001b[${close}m`;
  return {
    bold: paint(1, 22),
    dim: paint(2, 22),
    red: paint(31, 39),
    green: paint(32, 39),
    yellow: paint(33, 39),
  };
}
