import { join } from 'node:path';
import type { Dataset } from '@hash/core';
import { openDataset, type DatasetRequest } from '../run/openDataset.js';
import type { Surroundings } from '../surroundings.js';
import { drawCharts } from './drawCharts.js';
import { makeGallery, type Gallery } from './gallery/makeGallery.js';
import { measureCodes, type MeasuredCodes } from './measureCodes.js';
import { runPage } from './page/runPage.js';
import { readRecord, type RunRecord } from './readRecord.js';
import { runCharts } from './runCharts.js';
import { writePage } from './writePage.js';

/** Where the report of a run lies. */
export function reportPath(folder: string): string {
  return join(folder, 'report.html');
}

/**
 * Makes the report of a run from what its folder holds, with pictures where the data set is at hand.
 *
 * @param path  of the page; its charts go to a folder of the same name
 */
export async function writeRunReport(
  folder: string,
  path: string,
  around: Surroundings,
  request: Pick<DatasetRequest, 'data'>,
): Promise<void> {
  const record = await readRecord(folder, around.cwd);
  const measured = await measureCodes(record);
  const published = (record.method.published ?? []).filter(
    ({ protocol }) => protocol === record.split.protocol,
  );
  const drawn = await drawCharts({ ...runCharts(record, measured, published) });
  const shown = await gallery(record, measured, around, request);
  const page = runPage({ record, published, measured, drawn, ...shown });
  await writePage(path, page, Object.values(drawn).flat());
}

async function gallery(
  record: RunRecord,
  measured: readonly MeasuredCodes[],
  around: Surroundings,
  request: Pick<DatasetRequest, 'data'>,
): Promise<{ galleries: Gallery[]; note?: string }> {
  let dataset: Dataset | undefined;
  const { signal } = new AbortController();
  try {
    dataset = await openDataset(
      record.config.plan,
      around,
      { ...request, workers: 0, download: false },
      signal,
    );
    if (dataset.split.sha256 !== record.split.sha256)
      throw new Error('its split is no longer that of the run');
    return { galleries: await makeGallery(measured, dataset), ...noteOn(dataset) };
  } catch (error) {
    const note = `Without pictures, because the data set cannot be shown: ${(error as Error).message}`;
    return { galleries: await makeGallery(measured, undefined), note };
  } finally {
    await dataset?.dispose();
  }
}

function noteOn({ query }: Dataset): { note?: string } {
  const vectors = query.modalities.filter((modality) => query.vectorWidths?.[modality] !== undefined);
  if (vectors.length === 0) return {};
  return {
    note: `This data set has vectors in place of each ${vectors.join(' and ')}: their classes are shown.`,
  };
}
