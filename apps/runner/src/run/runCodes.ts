import type { BinaryCodes, Modality } from '@hash/core';
import { UsageError } from '../errors.js';
import { readItemCodes, savedModalities, type Part } from './codeFiles.js';
import { readRunConfig, runFiles } from './runFolder.js';
import { oneLength } from './withModel.js';

export interface RunCodesRequest {
  readonly part: Part;
  readonly bits?: number;
  readonly modality?: Modality;
}

/**
 * Reads codes that a run has saved.
 *
 * @throws UsageError  where the run has codes of several lengths or modalities, and none is named
 */
export async function readRunCodes(
  folder: string,
  { part, bits, modality }: RunCodesRequest,
): Promise<BinaryCodes> {
  const { plan } = await readRunConfig(folder);
  const length = oneLength(folder, plan, bits);
  const codes = runFiles.codes(folder, length);
  const modalities = savedModalities(codes, part);
  const [only] = modality === undefined && modalities.length === 1 ? modalities : [modality];
  if (only !== undefined && modalities.includes(only)) return readItemCodes(codes, part, only, length);
  const problem = only === undefined ? 'name one by --modality' : `none of ${only}`;
  throw new UsageError(
    `${codes} has ${part} codes of ${modalities.join(', ') || 'no modality'}; ${problem}.`,
  );
}
