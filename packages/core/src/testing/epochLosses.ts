import type { Dataset } from '../contracts/dataset.js';
import type { Trainer } from '../contracts/method.js';

/** Trains, and returns the mean loss of each epoch. */
export async function epochLosses(trainer: Trainer, data: Dataset): Promise<number[]> {
  const losses: number[] = [];
  await trainer.fit(data, {
    onEvent: (event) => {
      if (event.type === 'epoch') losses.push(event.terms['loss']!);
    },
  });
  return losses;
}
