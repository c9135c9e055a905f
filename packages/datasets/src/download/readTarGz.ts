import { createReadStream } from 'node:fs';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';

export interface ReadTarGzOptions {
  /** Has to read the entry to its end, or to `resume()` it, for the next one to come. */
  readonly onEntry: (entry: ReadEntry) => Promise<void> | void;
  /** Told how many bytes of the unpacked stream have passed. */
  readonly onBytes?: (bytes: number) => void;
  /** Of the unpacked stream: an archive can hold a thousand times its size. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads a .tar.gz from its beginning to its end.
 *
 * @returns the length of the unpacked stream in bytes
 * @throws Error  where it is damaged (with a code that starts with `Z_` or `TAR_`) or too large, or where `onEntry` throws
 */
export async function readTarGz(archive: string, options: ReadTarGzOptions): Promise<number> {
  const { onBytes, maxBytes, signal } = options;
  let bytes = 0;
  async function* counted(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new Error(`expected at most ${maxBytes} bytes when unpacked, but got more`);
      yield chunk;
      onBytes?.(bytes);
    }
  }
  const source = createReadStream(archive, { highWaterMark: 1 << 18 });
  const gunzip = createGunzip({ chunkSize: 1 << 18 });
  const sink = entrySink(options.onEntry);
  try {
    await pipeline(source, gunzip, counted, sink, { signal });
  } finally {
    // From then on `onEntry` is at rest, also where reading has failed.
    if (!sink.closed) await new Promise((resolve) => sink.once('close', resolve));
  }
  return bytes;
}

/** A stream that hands the entries of the tar data written to it to `onEntry`, one after the other. */
function entrySink(onEntry: ReadTarGzOptions['onEntry']): Writable {
  const work: Promise<void>[] = [];
  let current: ReadEntry | undefined;
  let ended = false;
  const take = (entry: ReadEntry) => {
    if (sink.destroyed) return;
    current = entry;
    work.push(handle(entry).catch(fail));
  };
  const handle = async (entry: ReadEntry) => {
    await onEntry(entry);
  };
  const fail = (error: Error) => void sink.destroy(error);
  // The parser would undo further layers of compression by itself, past the limit of bytes.
  const parser = new Parser({ strict: true, zstd: false, maxDecompressionRatio: 0, onReadEntry: take });
  parser
    .on('ignoredEntry', take)
    .on('error', fail)
    .on('eof', () => (ended = true));
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      // What follows the end would pile up in the parser.
      if (ended || parser.write(chunk)) done();
      else parser.once('drain', done);
    },
    final(done) {
      parser.once('end', () => {
        if (ended) Promise.all(work).then(() => done(), done);
        else done(Object.assign(new Error('the end is missing'), { code: 'TAR_BAD_ARCHIVE' }));
      });
      parser.end();
    },
    destroy(error, done) {
      current?.end(); // whoever reads it waits for more
      void Promise.allSettled(work).then(() => done(error));
    },
  });
  return sink;
}
