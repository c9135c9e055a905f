import { gzipSync } from 'node:zlib';
import { Header, type HeaderData } from 'tar';

export type TestEntry = Omit<HeaderData, 'size'> & {
  readonly path: string;
  readonly content?: string | Buffer;
};

/** Tar data as they are, whatever they do: a header for each entry, its content, and two empty blocks at the end. */
export function tarBytes(entries: readonly TestEntry[]): Buffer {
  const blocks = entries.flatMap(({ content = '', ...data }) => {
    const body = Buffer.from(content);
    const header = Buffer.alloc(512);
    new Header({ type: 'File', mode: 0o644, ...data, size: body.length }).encode(header);
    return [header, body, Buffer.alloc(-body.length & 511)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

export const tarGz = (entries: readonly TestEntry[]): Buffer => gzipSync(tarBytes(entries));
