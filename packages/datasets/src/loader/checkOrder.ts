/** @throws RangeError  if one of the positions is not below `length` */
export function checkOrder(order: Uint32Array, length: number): void {
  const wrong = order.findIndex((index) => index >= length);
  if (wrong < 0) return;
  throw new RangeError(
    `batches: expected positions from 0 to ${length - 1}, but order[${wrong}] is ${order[wrong]}.`,
  );
}
