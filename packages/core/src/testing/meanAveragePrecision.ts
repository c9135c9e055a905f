import type { Dataset, Modality } from '../contracts/dataset.js';
import type { Trainer } from '../contracts/method.js';
import { evaluateRetrieval } from '../metrics/evaluateRetrieval.js';

/** mAP over the whole ranking of queries of one modality in the database of the other, or of the same. */
export async function meanAveragePrecision(
  trainer: Trainer,
  { query, database }: Dataset,
  from: Modality,
  to: Modality = from,
): Promise<number> {
  const [metric] = evaluateRetrieval({
    queryCodes: await trainer.encode(query, from),
    queryLabels: query.labels,
    databaseCodes: await trainer.encode(database, to),
    databaseLabels: database.labels,
    mapAt: ['all'],
  });
  return metric!.value;
}
