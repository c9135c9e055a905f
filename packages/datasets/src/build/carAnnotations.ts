import { openMat, type MatValue } from '@hash/core/files';

/** One image of Stanford Cars. */
export interface Car {
  readonly path: string;
  /** Of its class, from 0. */
  readonly id: number;
  /** Whether annotations say that it is in the part to test on. */
  readonly isTest: boolean;
}

/**
 * Reads the variable `annotations` of MATLAB's structs: the path of each image, as `relative_im_path` or `fname`, its
 * `class`, from 1, and perhaps `test`.
 *
 * @param classes  how many there are
 * @throws Error  that names the file and the struct that is not as expected
 */
export async function readCarAnnotations(path: string, classes: number): Promise<readonly Car[]> {
  const value = await readVariable(path, 'annotations');
  const fail = (where: string, expected: string, found: MatValue | undefined): never => {
    throw new Error(`${path}: annotations${where}: expected ${expected}, but found ${describe(found)}.`);
  };
  if (value.class !== 'struct') return fail('', 'structs', value);
  return value.structs.map((fields, i) => {
    const where = `, struct ${i}, from 0`;
    const named = fields.get('relative_im_path') ?? fields.get('fname');
    const file = textOf(named) ?? fail(where, 'a path in relative_im_path or fname', named);
    const number = numberOf(fields.get('class'));
    if (number === undefined || !Number.isInteger(number) || number < 1 || number > classes)
      return fail(where, `a class from 1 to ${classes}`, fields.get('class'));
    return { path: file, id: number - 1, isTest: numberOf(fields.get('test')) === 1 };
  });
}

/** Reads the names of the classes, the variable `class_names` of cells. */
export async function readClassNames(path: string): Promise<readonly string[]> {
  const value = await readVariable(path, 'class_names');
  const names = value.class === 'cell' ? value.cells.map(textOf) : [undefined];
  if (!names.includes(undefined)) return names.map((name) => name!);
  throw new Error(`${path}: class_names: expected cells of one text each, but found ${describe(value)}.`);
}

async function readVariable(path: string, name: string): Promise<MatValue> {
  const mat = await openMat(path);
  try {
    return await mat.readVariable(name);
  } finally {
    await mat.close();
  }
}

function textOf(value: MatValue | undefined): string | undefined {
  return value?.class === 'char' && value.strings.length === 1 ? value.strings[0] : undefined;
}

function numberOf(value: MatValue | undefined): number | undefined {
  return value?.class === 'numbers' && value.data.length === 1 ? Number(value.data[0]) : undefined;
}

function describe(value: MatValue | undefined): string {
  if (value === undefined) return 'no such field';
  const text = textOf(value) ?? numberOf(value);
  return text === undefined ? `${value.class} [${value.shape.join(', ')}]` : JSON.stringify(text);
}
