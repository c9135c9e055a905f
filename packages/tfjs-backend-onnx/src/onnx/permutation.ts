/** The order that undoes `perm`. */
export function inverse(perm: readonly number[]): number[] {
  const result = new Array<number>(perm.length);
  perm.forEach((axis, i) => (result[axis] = i));
  return result;
}

/** The order that `first` and then `second` come to. */
export function compose(first: readonly number[], second: readonly number[]): number[] {
  return second.map((axis) => first[axis] as number);
}

export function permute<Item>(items: readonly Item[], perm: readonly number[]): Item[] {
  return perm.map((axis) => items[axis] as Item);
}

/** Whether only axes of length 1 move, so that the elements stay where they are. */
export function keepsOrder(shape: readonly number[], perm: readonly number[]): boolean {
  const moved = perm.filter((axis) => shape[axis] !== 1);
  return moved.every((axis, i) => i === 0 || axis > (moved[i - 1] as number));
}
