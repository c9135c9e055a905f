import type { Metric } from '../contracts/results.js';
import type { ParameterTree } from '../nn/module.js';
import { copyParameters } from './copyParameters.js';
import type { Evaluation } from './fitOptions.js';
import type { BestEpoch } from './progress.js';
import type { RunFolder } from './runFolder.js';

/** Whether an epoch (from 0) ends with an evaluation. */
export function isEvaluated({ every }: Evaluation, epoch: number, epochs: number): boolean {
  return epoch + 1 === epochs || (every > 0 && (epoch + 1) % every === 0);
}

/**
 * The better one of the best epoch so far and a new one, by its first metric; the earlier one where they are equal.
 *
 * @param parameters  as they are after the new epoch; they are copied if it is better
 * @throws Error where the first metric is no finite number
 */
export async function selectBest(
  best: BestEpoch | undefined,
  epoch: number,
  metrics: readonly Metric[],
  parameters: ParameterTree,
  folder?: RunFolder,
): Promise<BestEpoch> {
  const value = metrics[0]?.value;
  if (value === undefined || !Number.isFinite(value)) {
    throw new Error(
      `train: expected a finite first metric to select epoch ${epoch} by, but got ${value ?? 'none'}.`,
    );
  }
  if (best && value <= best.value) return best;
  const copy = await copyParameters(parameters);
  return { epoch, value, parameters: copy, file: await folder?.writeBest(epoch, copy) };
}
