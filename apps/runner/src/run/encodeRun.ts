import type { Method } from '@hash/core';
import { InterruptedError, isAbort } from '../errors.js';
import type { Surroundings } from '../surroundings.js';
import { settleEngine, startEngine, type EngineRequest } from './engine.js';
import { openDataset, type DatasetRequest } from './openDataset.js';
import type { Plan } from './plan.js';
import type { Say } from './prepareRun.js';
import { encodeItems, type CodedItems } from './retrieval.js';
import { listenForStop } from './stopSignal.js';
import { withModel } from './withModel.js';

/** Queries and database of a run. */
export interface CodedParts {
  readonly query: CodedItems;
  readonly database: CodedItems;
}

/**
 * Opens a run's data set and encodes its queries and its database anew, with the models that the run has saved.
 *
 * @param use  is lent what encodes by the model of a bit length
 * @throws InterruptedError  where the user stops it
 */
export async function withEncoder<Result>(
  {
    plan,
    method,
    folder,
  }: { readonly plan: Plan; readonly method: Method<unknown>; readonly folder: string },
  around: Surroundings,
  request: DatasetRequest & EngineRequest,
  say: Say,
  use: (encode: (bits: number) => Promise<CodedParts>) => Promise<Result>,
): Promise<Result> {
  await startEngine(settleEngine(around, request), say);
  const { signal, release } = listenForStop(around);
  try {
    const dataset = await openDataset(plan, around, request, signal);
    try {
      return await use((bits) => {
        say(`${bits} bits: encoding queries and database`);
        return withModel({ plan, method, folder, bits }, async (trainer) => ({
          query: await encodeItems(trainer, dataset.query, method.modalities, signal),
          database: await encodeItems(trainer, dataset.database, method.modalities, signal),
        }));
      });
    } finally {
      await dataset.dispose();
    }
  } catch (error) {
    throw signal.aborted && isAbort(error) ? new InterruptedError('Stopped; nothing was measured.') : error;
  } finally {
    release();
  }
}
