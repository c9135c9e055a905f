import type { Batch, BatchRequest, Labels, Modality, Samples } from '@hash/core';
import { selectLabels } from '@hash/core/data';
import { checkOrder } from './checkOrder.js';

/** Some items of others, in the order given. Random numbers stay those of the items where they come from. */
export function selectSamples(samples: Samples, selected: Uint32Array): Samples {
  return new SelectedSamples(samples, selected);
}

class SelectedSamples implements Samples {
  readonly length: number;
  readonly modalities: readonly Modality[];
  readonly vectorWidths: Samples['vectorWidths'];
  readonly labels: Labels;
  readonly #all: Samples;
  readonly #selected: Uint32Array;

  constructor(samples: Samples, selected: Uint32Array) {
    this.length = selected.length;
    this.modalities = samples.modalities;
    this.vectorWidths = samples.vectorWidths;
    this.labels = selectLabels(samples.labels, selected);
    this.#all = samples;
    this.#selected = selected;
  }

  async *batches(request: BatchRequest): AsyncGenerator<Batch, void, undefined> {
    const order = request.order ?? Uint32Array.from(this.#selected, (_, i) => i);
    checkOrder(order, this.length);
    const inner = order.map((index) => this.#selected[index]!);
    let start = 0;
    for await (const batch of this.#all.batches({ ...request, order: inner })) {
      const end = start + batch.indices.length;
      yield { ...batch, indices: order.slice(start, end) };
      start = end;
    }
  }
}
