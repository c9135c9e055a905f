import { countElements } from '../numericArray.js';
import { columnMajorStrides, toRowMajor } from '../rowMajor.js';
import type { MatElements } from './matElement.js';
import type { MatInfo, MatStructs, MatValue } from './matFile.js';

/**
 * Reads the structs of a matrix whose header has been read: how long names of fields are, the names, and then, struct by
 * struct, a matrix for each field.
 *
 * @param end        where the matrix ends
 * @param readField  reads the next matrix
 */
export async function readStructs(
  elements: MatElements,
  { shape }: MatInfo,
  end: number,
  readField: () => Promise<MatValue>,
): Promise<MatStructs> {
  const fields = await readFieldNames(elements, end);
  const count = countElements(shape);
  // Each field has a tag of 8 bytes; structs without fields are nothing but their number.
  const most = fields.length === 0 ? MOST_WITHOUT_FIELDS : (end - elements.position) / (8 * fields.length);
  if (count > most)
    throw elements.error(elements.position, `at most ${Math.floor(most)} structs`, String(count));
  const structs: ReadonlyMap<string, MatValue>[] = [];
  while (structs.length < count) {
    const values = new Map<string, MatValue>();
    for (const field of fields) values.set(field, await readField());
    structs.push(values);
  }
  const order = toRowMajor(Uint32Array.from(structs.keys()), shape, columnMajorStrides(shape));
  return { class: 'struct', shape, fields, structs: Array.from(order, (i) => structs[i]!) };
}

const MOST_WITHOUT_FIELDS = 2 ** 16;

async function readFieldNames(elements: MatElements, end: number): Promise<readonly string[]> {
  const at = elements.position;
  const width = await elements.element(end - at - 8);
  if (width.storage !== 'int32' || width.size !== 4)
    throw elements.error(at, 'the length of names of fields, an int32', `${width.size} of ${width.storage}`);
  const length = new DataView(width.data.buffer).getInt32(0, true);
  const names = await elements.element(end - elements.position - 8);
  if (names.storage !== 'int8' || (names.size > 0 && (length <= 0 || names.size % length > 0)))
    throw elements.error(
      at,
      `names of fields, each of ${length} int8`,
      `${names.size} bytes of ${names.storage}`,
    );
  return Array.from({ length: names.size === 0 ? 0 : names.size / length }, (_, i) => {
    const name = Buffer.from(names.data).toString('latin1', i * length, (i + 1) * length);
    return name.split('\0', 1)[0]!;
  });
}
