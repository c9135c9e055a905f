import type { Samples } from '@hash/core';

/** The samples, but reading them ends with the signal's reason once it has fired: for work that takes no signal itself. */
export function abortable(samples: Samples, signal: AbortSignal): Samples {
  return {
    length: samples.length,
    modalities: samples.modalities,
    vectorWidths: samples.vectorWidths,
    labels: samples.labels,
    async *batches(request) {
      for await (const batch of samples.batches({ ...request, signal })) {
        signal.throwIfAborted();
        yield batch;
      }
      signal.throwIfAborted();
    },
  };
}
