import { crc32, inflateRawSync } from 'node:zlib';
import { mutate } from '@hash/core/testing';

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;

/** A copy of a zip archive, one member of which is injured, with lengths and checksums that fit. */
export function mutateMember(archive, rng) {
  const members = readZip(archive);
  const injured = members[rng.int(members.length)];
  injured.bytes = mutate(injured.bytes, rng);
  return writeZip(members);
}

/** Of archives that are known to be whole. */
function readZip(archive) {
  const end = archive.lastIndexOf(longs(END));
  const members = [];
  let at = archive.indexOf(longs(CENTRAL));
  while (at < end && archive.readUInt32LE(at) === CENTRAL) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) =>
      archive.readUInt16LE(at + field),
    );
    const name = archive.subarray(at + 46, at + 46 + nameLength);
    members.push({ name, bytes: readMember(archive, at) });
    at += 46 + nameLength + extraLength + commentLength;
  }
  return members;
}

function readMember(archive, at) {
  const local = archive.readUInt32LE(at + 42);
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const packed = archive.subarray(start, start + archive.readUInt32LE(at + 20));
  return archive.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed);
}

/** All members stored. */
function writeZip(members) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const { name, bytes } of members) {
    // Flags, method, time and date; checksum; both sizes; lengths of the name and of what is extra.
    const common = [
      ...shorts(20, 0, 0, 0, 0),
      ...longs(crc32(bytes), bytes.length, bytes.length),
      ...shorts(name.length, 0),
    ];
    const local = Buffer.from([...longs(LOCAL), ...common]);
    directory.push(
      Buffer.from([...longs(CENTRAL), ...shorts(20), ...common, ...shorts(0, 0, 0), ...longs(0, offset)]),
      name,
    );
    parts.push(local, name, bytes);
    offset += local.length + name.length + bytes.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = [
    ...longs(END),
    ...shorts(0, 0, members.length, members.length),
    ...longs(size, offset),
    ...shorts(0),
  ];
  return Buffer.concat([...parts, ...directory, Buffer.from(end)]);
}

const shorts = (...values) => Buffer.from(Uint16Array.from(values).buffer);
const longs = (...values) => Buffer.from(Uint32Array.from(values).buffer);
