import type { DownloadFileOptions } from './downloadFileOptions.js';
import { PartFile, partPath, removePart, resumePoint, type ResumePoint } from './partFile.js';

/** The connection or the server failed in a way that may pass. */
export class ConnectionError extends Error {}

/** Answers after which a client may ask again. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

/** What a response brings of the file: its bytes from `from` on; `total` is null where the server does not say. */
interface Content {
  readonly from: number;
  readonly total: number | null;
}

/** A file that has come to its end, under a name that is not yet its own. */
export interface Fetched {
  readonly part: string;
  /** How many bytes it must have, null where nothing says so. */
  readonly total: number | null;
}

/**
 * Fetches what is missing of a file in one request.
 *
 * @throws ConnectionError  where asking again may help
 */
export async function fetchPart(options: DownloadFileOptions): Promise<Fetched> {
  const { url, path } = options;
  const resume = await resumePoint(path, url);
  const response = await request(options, resume);
  const content = contentOf(response, resume);
  if (content === undefined) {
    await removePart(path);
    return refuse(response, new ConnectionError('the server has another file now than the part is of'));
  }
  const total = options.size ?? content.total;
  if (content.total !== null && content.total !== total) {
    const found = `expected ${total} bytes, but the server has ${content.total}`;
    return refuse(response, new Error(`downloadFile: ${url}: ${found}.`));
  }
  if (response.status !== 416) return receive(response, content.from, total, options);
  await response.body?.cancel();
  return { part: partPath(path), total };
}

async function request(options: DownloadFileOptions, resume: ResumePoint | undefined): Promise<Response> {
  const { url, signal } = options;
  // Compressed on the way, a range would be one of other bytes.
  const headers: Record<string, string> = { 'accept-encoding': 'identity' };
  if (resume) {
    headers['range'] = `bytes=${resume.bytes}-`;
    headers['if-range'] = resume.validator;
  }
  const get = options.fetch ?? fetch;
  const response = await get(url, { headers, signal: signal ?? null }).catch((error: unknown) => {
    throw new ConnectionError(reasonOf(error), { cause: error });
  });
  const { status, statusText } = response;
  if (status === 200 || status === 206 || (status === 416 && resume)) return response;
  const answer = `the server answers ${status} ${statusText}`.trimEnd();
  if (PASSING.has(status)) return refuse(response, new ConnectionError(answer));
  return refuse(response, new Error(`downloadFile: ${url}: ${answer}.`));
}

/** Closes the connection before it throws. */
async function refuse(response: Response, error: Error): Promise<never> {
  await response.body?.cancel();
  throw error;
}

/** @returns undefined where the part is not the start of what the server has */
function contentOf(response: Response, resume: ResumePoint | undefined): Content | undefined {
  const { status, headers } = response;
  if (status === 200) {
    const length = headers.has('content-encoding') ? null : headers.get('content-length');
    return { from: 0, total: length === null ? null : Number(length) };
  }
  // `bytes 5-9/10`, or with status 416, where the part is whole, `bytes */10`; 10 may be `*`.
  const range = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(headers.get('content-range') ?? '');
  const [, first, length] = range ?? [];
  const total = length === undefined || length === '*' ? null : Number(length);
  const from = status === 416 ? total : Number(first);
  const changed = (validatorOf(response) ?? resume?.validator) !== resume?.validator;
  return from !== null && from === (resume?.bytes ?? 0) && !changed ? { from, total } : undefined;
}

/** What names this version of the file. RFC 9110 (13.1.5) forbids to resume by a weak ETag. */
function validatorOf({ headers }: Response): string | null {
  if (headers.has('content-encoding')) return null;
  const etag = headers.get('etag');
  return etag !== null && !etag.startsWith('W/') ? etag : headers.get('last-modified');
}

async function receive(
  response: Response,
  from: number,
  total: number | null,
  { url, path, onProgress }: DownloadFileOptions,
): Promise<Fetched> {
  const part = await (from > 0
    ? PartFile.resume(path, from)
    : PartFile.start(path, url, validatorOf(response)));
  const report = () => onProgress?.({ phase: 'download', doneBytes: part.bytes, totalBytes: total });
  try {
    report();
    for await (const chunk of chunksOf(response)) {
      await part.write(chunk);
      report();
      if (total !== null && part.bytes > total) break; // too long: the check of the size will say so
    }
    if (total !== null && part.bytes < total) {
      throw new ConnectionError(`the server stopped after ${part.bytes} of ${total} bytes`);
    }
    await part.finish();
    return { part: part.path, total };
  } catch (error) {
    await part.abandon();
    throw error;
  }
}

async function* chunksOf({ body }: Response): AsyncGenerator<Uint8Array> {
  try {
    if (body) yield* body as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw new ConnectionError(reasonOf(error), { cause: error });
  }
}

/** `fetch failed` says little; what it was caused by says more. */
function reasonOf(error: unknown): string {
  const { message, cause, code } = error as NodeJS.ErrnoException;
  if (cause !== undefined) return reasonOf(cause);
  return message || (code ?? String(error));
}
