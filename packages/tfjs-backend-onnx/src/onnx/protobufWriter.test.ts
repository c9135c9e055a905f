import { describe, expect, it } from '@jest/globals';
import { ProtobufWriter } from './protobufWriter.js';

function written(write: (writer: ProtobufWriter) => void): number[] {
  const writer = new ProtobufWriter();
  write(writer);
  return [...writer.bytes()];
}

/** Expected bytes are those of Google's encoding guide, https://protobuf.dev/programming-guides/encoding. */
describe('ProtobufWriter', () => {
  it('writes integers in groups of seven bits', () => {
    expect(written((w) => w.integer(1, 150))).toEqual([0x08, 0x96, 0x01]);
    expect(written((w) => w.integer(1, 2 ** 40))).toEqual([0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20]);
  });

  it("writes negative integers in two's complement of 64 bits", () =>
    expect(written((w) => w.integer(1, -2))).toEqual([
      0x08, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01,
    ]));

  it('writes fields above 15 with a tag of two bytes', () =>
    expect(written((w) => w.integer(20, 1))).toEqual([0xa0, 0x01, 0x01]));

  it('writes texts with their length in bytes', () =>
    expect(written((w) => w.text(2, 'é1'))).toEqual([0x12, 0x03, 0xc3, 0xa9, 0x31]));

  it('writes floats in little endian', () =>
    expect(written((w) => w.float(2, 1))).toEqual([0x15, 0x00, 0x00, 0x80, 0x3f]));

  it('writes the length of a message after its content, padded', () =>
    expect(written((w) => w.message(3, () => w.integer(1, 150)))).toEqual([
      0x1a, 0x83, 0x80, 0x80, 0x80, 0x00, 0x08, 0x96, 0x01,
    ]));

  it('grows', () => {
    const data = new Uint8Array(100_000).fill(7);
    const bytes = written((w) => w.message(1, () => w.data(2, data)));
    expect(bytes.length).toBe(6 + 4 + 100_000);
    expect(bytes.slice(0, 10)).toEqual([0x0a, 0xa4, 0x8d, 0x86, 0x80, 0x00, 0x12, 0xa0, 0x8d, 0x06]);
    expect(bytes.at(-1)).toBe(7);
  });
});
