import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { open, readFile, rename, rm, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { z } from 'zod';

const partSource = z.object({ url: z.string(), validator: z.string() });

/** Of what a part is the start: of what `url` had when the server named it by `validator`, its ETag or Last-Modified. */
export type PartSource = z.infer<typeof partSource>;

/** Where a download goes on. */
export interface ResumePoint {
  readonly bytes: number;
  readonly validator: string;
}

/** Where the start of `path` waits for the rest. */
export const partPath = (path: string): string => `${path}.part`;

/** Where the source of the part is written down. */
const sourcePath = (path: string): string => `${path}.part.json`;

/** @returns undefined where nothing of what `url` has lies beside `path` */
export async function resumePoint(path: string, url: string): Promise<ResumePoint | undefined> {
  const source = await readSource(path);
  if (source?.url !== url) return undefined;
  const part = await stat(partPath(path)).catch(() => undefined);
  return part && part.size > 0 ? { bytes: part.size, validator: source.validator } : undefined;
}

/** Removes what is kept of a file that is being downloaded. */
export async function removePart(path: string): Promise<void> {
  await rm(partPath(path), { force: true });
  await rm(sourcePath(path), { force: true });
}

/**
 * The start of a file, open for writing. It writes at its own position, not at the end of the file: two processes that
 * download the same file write the same bytes to the same places.
 */
export class PartFile {
  readonly path: string;
  readonly #file: FileHandle;
  readonly #kept: boolean;
  #bytes: number;

  private constructor(path: string, file: FileHandle, bytes: number, kept: boolean) {
    this.path = path;
    this.#file = file;
    this.#bytes = bytes;
    this.#kept = kept;
  }

  /** Opens the part that is there, to write after its first `bytes`. */
  static async resume(path: string, bytes: number): Promise<PartFile> {
    const part = partPath(path);
    return writing(part, async () => new PartFile(part, await open(part, 'r+'), bytes, true));
  }

  /** @param validator  null where the server gives none: nobody will be able to go on from this part, or to share it */
  static async start(path: string, url: string, validator: string | null): Promise<PartFile> {
    if (validator === null) {
      const own = `${path}.${randomUUID().slice(0, 8)}.part`;
      return writing(own, async () => new PartFile(own, await open(own, 'wx'), 0, false));
    }
    const part = partPath(path);
    return writing(part, async () => {
      const file = await open(part, constants.O_RDWR | constants.O_CREAT);
      await startFrom(file, path, { url, validator }).catch(async (error: unknown) => {
        await file.close();
        throw error;
      });
      return new PartFile(part, file, 0, true);
    });
  }

  get bytes(): number {
    return this.#bytes;
  }

  async write(chunk: Uint8Array): Promise<void> {
    await writing(this.path, async () => {
      for (let rest = chunk; rest.length > 0;) {
        const { bytesWritten } = await this.#file.write(rest, 0, rest.length, this.#bytes);
        this.#bytes += bytesWritten;
        rest = rest.subarray(bytesWritten);
      }
    });
  }

  /** Closes it once all is on the disk. */
  async finish(): Promise<void> {
    await writing(this.path, () => this.#file.sync());
    await this.#file.close();
  }

  /** Closes it, and removes it where no later download can go on from it. */
  async abandon(): Promise<void> {
    await this.#file.close();
    if (!this.#kept) await rm(this.path, { force: true });
  }
}

/**
 * Drops what is there of another source, then notes the new one: no crash leaves bytes under a wrong note. The length is
 * asked for before the note, which another process writes before its first byte.
 */
async function startFrom(file: FileHandle, path: string, source: PartSource): Promise<void> {
  const { size } = await file.stat();
  const before = await readSource(path);
  if (before?.url === source.url && before.validator === source.validator) return;
  if (size > 0) await file.truncate();
  await writeSource(path, source);
}

/** At once, so that nobody reads half of it. */
async function writeSource(path: string, source: PartSource): Promise<void> {
  const temporary = `${sourcePath(path)}.${randomUUID().slice(0, 8)}.tmp`;
  await writeFile(temporary, JSON.stringify(source));
  await rename(temporary, sourcePath(path));
}

/** A note that is missing or damaged costs a fresh start, no more. */
async function readSource(path: string): Promise<PartSource | undefined> {
  try {
    return partSource.parse(JSON.parse(await readFile(sourcePath(path), 'utf8')));
  } catch {
    return undefined;
  }
}

async function writing<Result>(part: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw new Error(`downloadFile: could not write ${part}: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}
