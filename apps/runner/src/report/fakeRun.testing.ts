import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomCodes, Rng, type Labels, type Metric, type Modality, type Results } from '@hash/core';
import { createDataset } from '@hash/datasets';
import { writeItems } from '../run/codeFiles.js';
import { findMethod } from '../run/findMethod.js';
import { settlePlan } from '../run/prepareRun.js';
import { createRunFolder, runFiles, writeJson } from '../run/runFolder.js';
import { processSurroundings } from '../surroundings.js';

export interface FakeRun {
  /** A method on `shapes`, as wch and dcmht. */
  readonly method: string;
  readonly bits: readonly number[];
  readonly seed?: number;
  /** Bit lengths that are not done yet. */
  readonly open?: readonly number[];
  /** Of the data set, beside small sizes. */
  readonly options?: Readonly<Record<string, number>>;
}

const OPTIONS = { size: 16, train: 12, query: 8, database: 30, classes: 4 };

/** Writes the folder of a run whose codes are random: what training would have left, in no time. */
export async function writeFakeRun(
  folder: string,
  { method: name, bits, seed = 0, open = [], options = {} }: FakeRun,
): Promise<void> {
  const found = await findMethod(name, folder);
  const set = Object.entries({ ...OPTIONS, ...options }).map(
    ([key, value]) => `dataset.options.${key}=${value}`,
  );
  const plan = settlePlan(found, processSurroundings(), { bits: [...bits, ...open], seed, set });
  const dataset = await createDataset('shapes', { options: plan.dataset.options, seed });
  await createRunFolder(folder, { plan, engine: 'cpu', versions: { node: 'v1' } }, dataset.split);
  const { modalities } = found.method;
  for (const length of bits) {
    const rng = new Rng(seed).fork(length);
    for (const part of ['query', 'database'] as const)
      await writeItems(
        runFiles.codes(folder, length),
        part,
        items(dataset[part].labels, modalities, length, rng.fork(part)),
      );
    const metrics = measured(modalities, length / 100 + seed / 10);
    const results: Results = {
      method: name,
      dataset: 'shapes',
      protocol: dataset.split.protocol,
      splitSha256: dataset.split.sha256,
      bits: length,
      seed,
      engine: 'cpu',
      metrics,
      baselines: { untrained: measured(modalities, 0.05), randomCodes: measured(modalities, 0.01) },
    };
    await writeJson(runFiles.results(folder, length), results);
    await writeJson(runFiles.training(folder, length), {
      epochs: 2,
      selectedEpoch: 1,
      terms: { loss: 1 },
      seconds: 3,
    });
    writeHistory(runFiles.bits(folder, length), metrics);
  }
  await dataset.dispose();
}

function items(labels: Labels, modalities: readonly Modality[], bits: number, rng: Rng) {
  const codes = modalities.map(
    (modality) => [modality, randomCodes(labels.count, bits, rng.fork(modality))] as const,
  );
  return { codes: new Map(codes), labels };
}

function measured(modalities: readonly Modality[], value: number): Metric[] {
  const names = modalities.length === 1 ? ['mAP@all'] : ['image→text mAP@all', 'text→image mAP@all'];
  return names.map((name) => ({ name, definition: 'hits, stable', value }));
}

function writeHistory(folder: string, metrics: readonly Metric[]): void {
  const lines = [0, 1].flatMap((epoch) => [
    { type: 'step', epoch, step: 0, stepsPerEpoch: 1, batchSize: 4, terms: { loss: 3 }, learningRate: 0.1 },
    { type: 'epoch', epoch, epochs: 2, terms: { pull: 2 - epoch, nothing: 0, loss: 2 - epoch } },
    { type: 'evaluation', epoch, metrics },
  ]);
  mkdirSync(folder, { recursive: true });
  const cutOff = '{"type":"epoch","epoch":2,"epo';
  writeFileSync(
    join(folder, 'metrics.jsonl'),
    lines.map((line) => `${JSON.stringify(line)}\n`).join('') + cutOff,
  );
}
