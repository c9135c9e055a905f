/** What a network, or any other description, says of items: a row of numbers for each. */
export interface Features {
  readonly count: number;
  /** Numbers for an item. */
  readonly width: number;
  /** [count, width] */
  readonly data: Float32Array | Float64Array;
}

/** @throws RangeError, in the name of `caller`, where the numbers do not fit the sizes; Error where one is not finite */
export function checkFeatures(caller: string, { count, width, data }: Features): void {
  if (data.length !== count * width) {
    throw new RangeError(
      `${caller}: expected ${count * width} numbers for ${count} items of width ${width}, but got ${data.length}.`,
    );
  }
  let at = 0;
  while (at < data.length && Number.isFinite(data[at])) at++;
  if (at === data.length) return;
  throw new Error(
    `${caller}: expected finite features, but got ${data[at]} at [${Math.floor(at / width)}, ${at % width}].`,
  );
}
