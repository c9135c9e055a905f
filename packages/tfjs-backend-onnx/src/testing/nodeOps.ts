/** The operators of a serialised ONNX model's nodes, in order: fields 7 (graph), 1 (node) and 4 (operator). */
export function nodeOps(model: Uint8Array): string[] {
  return fields(model, 7)
    .flatMap((graph) => fields(graph, 1))
    .flatMap((node) => fields(node, 4))
    .map((op) => Buffer.from(op).toString());
}

/** The contents of a Protocol Buffers message's fields of that number; all of them are strings or messages. */
function fields(message: Uint8Array, wanted: number): Uint8Array[] {
  const found: Uint8Array[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = message[at++] as number;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  };
  while (at < message.length) {
    const tag = varint();
    const length = (tag & 7) === 2 ? varint() : (tag & 7) === 5 ? 4 : 0;
    if ((tag & 7) === 0) varint();
    if (tag >> 3 === wanted) found.push(message.subarray(at, at + length));
    at += length;
  }
  return found;
}
