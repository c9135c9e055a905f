import { sha256Hex, type FitOptions, type Rng } from '@hash/core';
import type { ShcConfig } from './config.js';
import { gilbertVarshamovDistance } from './gilbertVarshamovDistance.js';
import type { HashCenters } from './hashCenters.js';
import { reuseMatrix } from './reuseMatrix.js';
import { searchCenters } from './semanticHashCenters.js';
import type { Similarity } from './similarity.js';
import { startCenters } from './startCenters.js';
import { runStepsInTurns } from './steps.js';

export interface PlaceCentersOptions {
  readonly config: Pick<ShcConfig, 'bits' | 'centers'>;
  readonly options?: FitOptions;
}

/**
 * The first centres of stage 2. They need no similarity, so a trainer can find out before stage 1 whether there are any
 * at the distance. Kept as `start-centers.npy` in the folder of the bit length.
 *
 * @throws Error where the distance is not reached; the signal's reason, once it has fired
 */
export async function placeStartCenters(
  classes: number,
  { config, options }: PlaceCentersOptions,
  rng: Rng,
): Promise<HashCenters> {
  const { bits, centers } = config;
  const { init } = centers;
  const minDistance = centers.minDistance ?? gilbertVarshamovDistance(bits, classes);
  const inputs = { classes, bits, minDistance, init, seed: rng.state().key };
  const request = { folder: options?.folder, name: 'start-centers', inputs };
  const { data } = await reuseMatrix(request, async () => {
    const steps = startCenters({ classes, bits, minDistance, init, rng });
    const { data } = await runStepsInTurns(steps, options);
    return { matrix: { dtype: 'int8', shape: [classes, bits], data } };
  });
  return { classes, bits, data: data as Int8Array };
}

/**
 * Stage 2 of SHC with the settings of a trainer. The centres are kept as `centers.npy` in the folder of the bit length,
 * beside a record of their statistics.
 *
 * @throws the signal's reason, once it has fired
 */
export async function placeCenters(
  start: HashCenters,
  similarity: Similarity,
  { config, options }: PlaceCentersOptions,
): Promise<HashCenters> {
  const { classes, bits } = start;
  const { minDistance, step, ...settings } = config.centers;
  const inputs = {
    settings: config.centers,
    bits,
    start: sha256Hex(String(start.data)),
    similarity: sha256Hex(String(similarity.data)),
  };
  const request = { folder: options?.folder, name: 'centers', inputs };
  const { data } = await reuseMatrix(request, async () => {
    const choice = {
      ...settings,
      init: start,
      minDistance: minDistance ?? undefined,
      step: step ?? undefined,
    };
    const { centers, ...facts } = await runStepsInTurns(
      searchCenters({ similarity, bits, ...choice }),
      options,
    );
    return { matrix: { dtype: 'int8', shape: [classes, bits], data: centers.data }, facts };
  });
  return { classes, bits, data: data as Int8Array };
}
