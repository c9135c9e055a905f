import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { crc32c } from './crc32c.js';
import { encodeEvent, type LogEvent } from './encodeEvent.js';

/** A file of records that TensorBoard reads while it grows. */
export class EventFile {
  readonly #file: number;

  /**
   * Begins a new file; TensorBoard takes all files of a folder together, in the order of their names.
   *
   * @param time  of the first record, in seconds since 1970; the file is named for it
   */
  constructor(folder: string, time: number) {
    mkdirSync(folder, { recursive: true });
    this.#file = openSync(join(folder, `events.out.tfevents.${time.toFixed(3)}.hash-runner`), 'w');
    this.write({ time, fileVersion: 'brain.Event:2' });
  }

  /** @throws Error  where the disk is full */
  write(event: LogEvent): void {
    writeSync(this.#file, record(encodeEvent(event)));
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** TFRecord's frame: the length in 8 bytes and its checksum, the content and its checksum. */
function record(content: Buffer): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(content.length));
  return Buffer.concat([length, checksum(length), content, checksum(content)]);
}

/** CRC-32C, turned and moved, so that a checksum of bytes that hold one differs from it. */
function checksum(bytes: Buffer): Buffer {
  const crc = crc32c(bytes);
  const masked = (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
  const four = Buffer.alloc(4);
  four.writeUInt32LE(masked);
  return four;
}
