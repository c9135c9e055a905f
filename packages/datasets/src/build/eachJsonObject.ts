import { createReadStream } from 'node:fs';
import { JSONParser } from '@streamparser/json';
import type { Reading } from '../files/readLines.js';

/**
 * Hands on each object in the lists of a JSON file, such as `{"images": [...], "annotations": [...]}`, one after another:
 * half a gigabyte of annotations is never in memory whole.
 *
 * @throws Error  that names the file and the byte near which it is no JSON
 */
export async function eachJsonObject(
  path: string,
  { signal, onBytes }: Reading,
  use: (value: Readonly<Record<string, unknown>>) => void,
): Promise<void> {
  const parser = new JSONParser({ paths: ['$.*.*'], keepStack: false });
  let failure: Error | undefined;
  parser.onError = (error) => (failure ??= error);
  parser.onValue = ({ value }) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) use(value);
  };
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 18, signal })) {
    parser.write(chunk as Uint8Array);
    if (failure) throw new Error(`${path}: near byte ${bytes}: expected JSON, but: ${failure.message}.`);
    bytes += (chunk as Uint8Array).length;
    onBytes?.((chunk as Uint8Array).length);
  }
  if (!parser.isEnded)
    throw new Error(`${path}: expected the JSON to be complete, but it ends at byte ${bytes}.`);
}
