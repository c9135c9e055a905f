import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const natural = z.int().min(0);

/** The state of a file when it was read: what tells that it has changed since. */
const stamp = { path: z.string(), bytes: natural, modified: z.int() };

const packedSchema = z.strictObject({
  ...stamp,
  width: z.int().min(1),
  height: z.int().min(1),
  /** Where its pixels begin, [height, width, 3] bytes. */
  offset: natural,
  /** CRC-32 of the pixels. */
  crc: natural,
});

const badSchema = z.strictObject({ ...stamp, bad: z.string() });

/** A line of the index: an image that is packed. */
export type PackedEntry = z.infer<typeof packedSchema>;

/** A line of the index: an image that cannot be read, and why. */
export type BadEntry = z.infer<typeof badSchema>;

export type PackEntry = z.infer<typeof entrySchema>;

const entrySchema = z.union([packedSchema, badSchema]);

const headerSchema = z.strictObject({ format: z.literal('packed images'), version: z.literal(1) });

export const HEADER: z.infer<typeof headerSchema> = { format: 'packed images', version: 1 };

export interface PackIndex {
  /** By path; of several lines with the same path the last counts. */
  readonly entries: ReadonlyMap<string, PackEntry>;
  /** Bytes of the file that are whole lines. */
  readonly bytes: number;
}

const EMPTY: PackIndex = { entries: new Map(), bytes: 0 };

/**
 * Reads the index of a pack, a JSON value in each line. A last line without its end is what a killed program leaves: it
 * does not count. Where there is no file, there are no entries.
 *
 * @throws Error  that names the line, what was expected and what to do
 */
export async function readPackIndex(path: string): Promise<PackIndex> {
  const text = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  });
  const bytes = text.lastIndexOf('\n') + 1;
  if (bytes === 0) return EMPTY;
  const [header = '', ...lines] = text.toString('utf8', 0, bytes - 1).split('\n');
  parse(path, header, 1, headerSchema);
  const entries = new Map<string, PackEntry>();
  lines.forEach((line, i) => {
    const entry = parse(path, line, i + 2, entrySchema);
    entries.set(entry.path, entry);
  });
  return { entries, bytes };
}

function parse<T>(path: string, line: string, number: number, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(valueOf(line));
  if (parsed.success) return parsed.data;
  throw new Error(
    `${path}:${number}: expected a line of an index of packed images, but found ${JSON.stringify(line.slice(0, 60))}. ` +
      'Remove the folder and pack the images again.',
  );
}

function valueOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
