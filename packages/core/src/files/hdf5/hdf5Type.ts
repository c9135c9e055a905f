import type { Metadata } from 'h5wasm/node';
import type { ElementType } from '../numericArray.js';

/** HDF5's numbers for classes of types. */
const INTEGER = 0;
const FLOAT = 1;
const STRING = 3;
const REFERENCE = 7;
const ENUM = 8;

const NAMES = [
  'integers',
  'floats',
  'times',
  'strings',
  'bit fields',
  'opaque bytes',
  'records',
  'references',
];
const MORE_NAMES = ['enumerations', 'lists of varying length', 'fixed arrays'];

const INTEGERS = ['uint8', 'int8', 'uint16', 'int16', 'uint32', 'int32', 'uint64', 'int64'] as const;
const FLOATS = ['float16', 'float32', 'float64'] as const;

/** The element type that a type of HDF5 is read as; undefined where it is not one of numbers. */
export function elementTypeOf(metadata: Metadata): ElementType | undefined {
  const { type, size, signed } = metadata;
  if (type === INTEGER || type === ENUM) {
    if (isBoolean(metadata)) return 'bool';
    return INTEGERS.find((dtype) => dtype === `${signed ? 'int' : 'uint'}${8 * size}`);
  }
  return type === FLOAT ? FLOATS.find((dtype) => dtype === `float${8 * size}`) : undefined;
}

/** As h5py writes NumPy's. */
function isBoolean({ type, size, enum_type: enumeration }: Metadata): boolean {
  const { FALSE, TRUE, ...others } = enumeration?.members ?? {};
  return type === ENUM && size === 1 && FALSE === 0 && TRUE === 1 && Object.keys(others).length === 0;
}

/** What is in a dataset that has no numbers. References to objects are meant, not those to regions. */
export function otherTypeOf({ type, ref_type: kind }: Metadata): 'string' | 'reference' | 'other' {
  if (type === STRING) return 'string';
  return type === REFERENCE && kind === 'object' ? 'reference' : 'other';
}

/** `strings of size 3`, for messages. */
export function describeType({ type, size }: Metadata): string {
  return `${[...NAMES, ...MORE_NAMES][type] ?? `type ${type}`} of ${size} bytes`;
}
