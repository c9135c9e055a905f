import { tf } from '../tf.js';
import { customGradient } from './customGradient.js';

/**
 * Rows of a table by their numbers. Its gradient adds up what comes back for each row in one pass, where that of
 * `tf.gather` compares each number with each row of the table.
 *
 * @param table  [rows, width]
 * @param ids    from 0 to rows - 1, [n]
 * @returns [n, width]
 * @throws RangeError for a number that no row has: not every engine notices
 */
export function lookup(table: tf.Tensor2D, ids: Int32Array): tf.Tensor2D {
  const [rows, width] = table.shape;
  const stray = ids.find((id) => id < 0 || id >= rows);
  if (stray !== undefined) {
    throw new RangeError(`lookup: expected numbers from 0 to ${rows - 1}, but got ${stray}.`);
  }
  return customGradient(table, (x, save) => {
    const places = tf.tensor1d(ids, 'int32');
    save([places]);
    return {
      value: tf.gather(x, places),
      gradient: (upstream, [places]) => {
        const column = tf.reshape(places!, [ids.length, 1]);
        return tf.scatterND(column, upstream, [rows, width]);
      },
    };
  });
}
