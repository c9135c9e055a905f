import { expect } from '@jest/globals';
import { labelsFromMultiHot } from '../codes/labelsFromMultiHot.js';
import { packCodes } from '../codes/packCodes.js';
import { evaluateRetrieval } from './evaluateRetrieval.js';
import type { MetricChoice } from './measures.js';
import type { RetrievalData } from './retrievalRequest.js';

export type Rows = readonly (readonly number[])[];

/** Codes and labels in the plainest form. */
export interface Plain {
  readonly queryCodes: Rows;
  readonly databaseCodes: Rows;
  readonly queryLabels: Rows;
  readonly databaseLabels: Rows;
}

export function packed({ queryCodes, databaseCodes, queryLabels, databaseLabels }: Plain): RetrievalData {
  const codes = (rows: Rows) => packCodes(rows.flat(), rows.length, rows[0]!.length);
  const labels = (rows: Rows) => labelsFromMultiHot(rows.flat(), rows.length, rows[0]!.length);
  return {
    queryCodes: codes(queryCodes),
    databaseCodes: codes(databaseCodes),
    queryLabels: labels(queryLabels),
    databaseLabels: labels(databaseLabels),
  };
}

/** Name, definition and value as one line of text each, to compare in one go. */
export function values(data: RetrievalData, choice: MetricChoice): Record<string, number> {
  const metrics = evaluateRetrieval({ ...data, ...choice });
  return Object.fromEntries(metrics.map(({ name, definition, value }) => [`${name} (${definition})`, value]));
}

export function close(value: number): unknown {
  return expect.closeTo(value, 9);
}
