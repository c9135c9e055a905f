/**
 * Yields `count` batches and closes the source. A signal ends it early: after the batch in hand, or by an `AbortError`
 * of the source.
 *
 * @param source  begins to load; not called where nothing is to be taken
 * @throws Error where the source ends before `count` batches and no signal has fired
 */
export async function* takeBatches<Batch>(
  source: () => AsyncIterable<Batch>,
  count: number,
  signal?: AbortSignal,
): AsyncGenerator<Batch, void> {
  if (count === 0 || signal?.aborted) return;
  let taken = 0;
  try {
    for await (const batch of source()) {
      yield batch;
      taken += 1;
      if (taken === count || signal?.aborted) return;
    }
  } catch (error) {
    if (signal?.aborted && isAbort(error, signal)) return;
    throw error;
  }
  if (signal?.aborted) return;
  throw new Error(`train: expected ${count} more batches in this epoch, but got ${taken}.`);
}

function isAbort(error: unknown, signal: AbortSignal): boolean {
  return error === signal.reason || (error instanceof Error && error.name === 'AbortError');
}
