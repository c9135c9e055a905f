import { DTYPE_CODES, type OnnxDtype } from './dtype.js';
import { ProtobufWriter } from './protobufWriter.js';

/** Integers, `{ float }`, a string or a list of integers: the forms of an ONNX attribute that the kernels use. */
export type Attribute = number | { readonly float: number } | string | readonly number[];
export type Attributes = Readonly<Record<string, Attribute>>;

/** Operators on the layout in which ONNX Runtime convolves constant filters; they take filters that are none, too. */
export const BLOCKED_DOMAIN = 'com.microsoft.nchwc';

/** ONNX's own operators, ONNX Runtime's, and its convolutions on blocks of channels. */
export type Domain = '' | 'com.microsoft' | typeof BLOCKED_DOMAIN;

export interface NodeProto {
  /** Named after the TensorFlow.js kernel, so that an error of the runtime leads back to it. */
  readonly name: string;
  readonly op: string;
  readonly domain: Domain;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Attributes;
}

export interface ConstantProto {
  readonly name: string;
  readonly dtype: OnnxDtype;
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

export interface ValueProto {
  readonly name: string;
  readonly dtype: OnnxDtype;
  readonly shape: readonly number[];
}

export interface ModelProto {
  readonly nodes: readonly NodeProto[];
  readonly constants: readonly ConstantProto[];
  readonly inputs: readonly ValueProto[];
  readonly outputs: readonly ValueProto[];
}

const IR_VERSION = 10;
const OPSET = 21;
const ATTRIBUTE_TYPE = { float: 1, integer: 2, text: 3, integers: 7 };

/** Serialises a model; the field numbers are those of onnx.proto. */
export function encodeModel(model: ModelProto): Uint8Array {
  const writer = new ProtobufWriter();
  writer.integer(1, IR_VERSION);
  writer.message(7, () => {
    for (const node of model.nodes) writer.message(1, () => writeNode(writer, node));
    writer.text(2, 'tfjs');
    for (const constant of model.constants) writer.message(5, () => writeConstant(writer, constant));
    for (const input of model.inputs) writer.message(11, () => writeValue(writer, input));
    for (const output of model.outputs) writer.message(12, () => writeValue(writer, output));
  });
  writeOpset(writer, '', OPSET);
  writeOpset(writer, 'com.microsoft', 1);
  writeOpset(writer, BLOCKED_DOMAIN, 1);
  return writer.bytes();
}

function writeOpset(writer: ProtobufWriter, domain: string, version: number): void {
  writer.message(8, () => {
    writer.text(1, domain);
    writer.integer(2, version);
  });
}

function writeNode(writer: ProtobufWriter, node: NodeProto): void {
  for (const input of node.inputs) writer.text(1, input);
  for (const output of node.outputs) writer.text(2, output);
  writer.text(3, node.name);
  writer.text(4, node.op);
  for (const [name, value] of Object.entries(node.attributes))
    writer.message(5, () => writeAttribute(writer, name, value));
  if (node.domain !== '') writer.text(7, node.domain);
}

function writeAttribute(writer: ProtobufWriter, name: string, value: Attribute): void {
  writer.text(1, name);
  if (typeof value === 'number') {
    writer.integer(3, value);
    writer.integer(20, ATTRIBUTE_TYPE.integer);
  } else if (typeof value === 'string') {
    writer.text(4, value);
    writer.integer(20, ATTRIBUTE_TYPE.text);
  } else if ('float' in value) {
    writer.float(2, value.float);
    writer.integer(20, ATTRIBUTE_TYPE.float);
  } else {
    for (const item of value) writer.integer(8, item);
    writer.integer(20, ATTRIBUTE_TYPE.integers);
  }
}

function writeConstant(writer: ProtobufWriter, constant: ConstantProto): void {
  for (const size of constant.shape) writer.integer(1, size);
  writer.integer(2, DTYPE_CODES[constant.dtype]);
  writer.text(8, constant.name);
  writer.data(9, constant.data);
}

function writeValue(writer: ProtobufWriter, value: ValueProto): void {
  writer.text(1, value.name);
  writer.message(2, () =>
    writer.message(1, () => {
      writer.integer(1, DTYPE_CODES[value.dtype]);
      writer.message(2, () => {
        for (const size of value.shape) writer.message(1, () => writer.integer(1, size));
      });
    }),
  );
}
