import { columnMajorStrides } from '../rowMajor.js';
import type { MatText } from './matFile.js';

/**
 * The strings of an array of characters: they run along its last axis.
 *
 * @param characters  in column-major order
 * @param shape       of the characters
 */
export function charStrings(characters: readonly string[], shape: readonly number[]): MatText {
  const axes = shape.slice(0, -1);
  const length = shape.at(-1) ?? 0;
  const strides = columnMajorStrides(shape);
  const step = strides.at(-1) ?? 0;
  const count = length === 0 ? 0 : axes.reduce((product, size) => product * size, 1);
  const index = axes.map(() => 0);
  const strings = Array.from({ length: count }, () => {
    const start = index.reduce((offset, i, axis) => offset + i * strides[axis]!, 0);
    advance(index, axes);
    return Array.from({ length }, (_, i) => characters[start + i * step]).join('');
  });
  return { class: 'char', shape: length === 0 ? [0] : axes, strings };
}

/** The next index in row-major order. */
function advance(index: number[], shape: readonly number[]): void {
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (++index[axis]! < shape[axis]!) return;
    index[axis] = 0;
  }
}
