/** What a record of an event file says. */
export interface LogEvent {
  /** Seconds since 1970. */
  readonly time: number;
  readonly step?: number;
  /** In the first record of a file: `brain.Event:2`. */
  readonly fileVersion?: string;
  /** Begins a session: what was logged of this step and later ones, by one before, counts no more. */
  readonly sessionStart?: true;
  readonly scalars?: Readonly<Record<string, number>>;
}

/** Encodes an event as TensorFlow's `Event` message: the fields of `event.proto` and `summary.proto` that scalars need. */
export function encodeEvent({ time, step = 0, fileVersion, sessionStart, scalars }: LogEvent): Buffer {
  return Buffer.concat([
    double(1, time),
    ...(step === 0 ? [] : [integer(2, step)]), // proto3 leaves out what is 0
    ...(fileVersion === undefined ? [] : [message(3, Buffer.from(fileVersion))]),
    ...(scalars === undefined ? [] : [message(5, summary(scalars))]),
    ...(sessionStart === undefined ? [] : [message(7, integer(1, 1))]),
  ]);
}

function summary(scalars: Readonly<Record<string, number>>): Buffer {
  const values = Object.entries(scalars).map(([tag, value]) =>
    message(1, Buffer.concat([message(1, Buffer.from(tag)), float(2, value)])),
  );
  return Buffer.concat(values);
}

/** Protobuf's wire types. */
const [VARINT, FIXED64, BYTES, FIXED32] = [0, 1, 2, 5] as const;

function integer(field: number, value: number): Buffer {
  return Buffer.concat([varint((field << 3) | VARINT), varint(value)]);
}

function double(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return Buffer.concat([varint((field << 3) | FIXED64), bytes]);
}

function float(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return Buffer.concat([varint((field << 3) | FIXED32), bytes]);
}

function message(field: number, content: Uint8Array): Buffer {
  return Buffer.concat([varint((field << 3) | BYTES), varint(content.length), content]);
}

/** @param value  from 0 to 2^53 - 1; 7 bits a byte, the low ones first */
function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return Buffer.from([...bytes, rest]);
}
