import { createReadStream } from 'node:fs';

/** A line of a text file, without what ends it. */
export interface Line {
  readonly text: string;
  /** From 1. */
  readonly number: number;
}

/** How a file is read that may be large. */
export interface Reading {
  readonly signal?: AbortSignal;
  /** Hears how many bytes each chunk has. */
  readonly onBytes?: (bytes: number) => void;
}

/** No file of this project's data sets has longer lines, in characters; a file without line feeds is none of them. */
const LONGEST = 2 ** 24;

/**
 * Reads a text file line by line; of the file itself only a chunk is in memory. Lines end in a line feed, with a carriage
 * return before it or not, and a byte order mark at the start is skipped.
 *
 * @throws Error  where the file cannot be read, or a line does not end
 */
export async function* readLines(
  path: string,
  { signal, onBytes }: Reading = {},
): AsyncGenerator<Line, void, undefined> {
  let number = 0;
  let rest = '';
  const stream = createReadStream(path, { encoding: 'utf8', highWaterMark: 2 ** 18, signal });
  let told = 0;
  for await (const chunk of stream) {
    onBytes?.(stream.bytesRead - told);
    told = stream.bytesRead;
    const lines = (chunk as string).split('\n');
    lines[0] = rest + lines[0]!;
    rest = lines.pop()!;
    for (const text of lines) yield { text: bare(text, number), number: ++number };
    if (rest.length > LONGEST)
      throw new Error(`${path}:${number + 1}: expected lines of text, but one has no end.`);
  }
  if (rest !== '') yield { text: bare(rest, number), number: number + 1 };
}

function bare(text: string, before: number): string {
  const end = text.endsWith('\r') ? text.length - 1 : text.length;
  return text.slice(before === 0 && text.startsWith('\uFEFF') ? 1 : 0, end);
}
