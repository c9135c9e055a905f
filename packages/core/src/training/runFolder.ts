import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { JsonLines } from '../io/jsonLines.js';
import type { StoredTensor } from '../io/storedTensor.js';
import { removeTemporaryFiles, writeFileAtomically } from '../io/writeFileAtomically.js';
import { writeSafetensors } from '../io/writeSafetensors.js';
import type { Checkpoint, StoredFile } from './checkpoint.js';

export const CHECKPOINT = 'checkpoint.json';

const TENSORS = /^(checkpoint|best)-\d+\.safetensors$/;

type Tensors = ReadonlyMap<string, StoredTensor>;

/** The folder of a run: `metrics.jsonl` and one checkpoint, which is on the disk as a whole at any moment. */
export class RunFolder {
  readonly path: string;
  readonly #metrics: JsonLines;
  #tensors: StoredFile | undefined;

  private constructor(path: string, metrics: JsonLines, tensors: StoredFile | undefined) {
    this.path = path;
    this.#metrics = metrics;
    this.#tensors = tensors;
  }

  /** @param checkpoint  to go on from: what a killed run has written since then is removed. Without it, everything is. */
  static async open(path: string, checkpoint?: Checkpoint): Promise<RunFolder> {
    await removeTemporaryFiles(path);
    await removeOtherTensors(path, [checkpoint?.tensors, checkpoint?.best?.tensors]);
    const metrics = await JsonLines.open(join(path, 'metrics.jsonl'), checkpoint?.metricsBytes ?? 0);
    return new RunFolder(path, metrics, checkpoint?.tensors);
  }

  /** Adds a line to `metrics.jsonl`, in the background. */
  log(line: unknown): void {
    this.#metrics.append(line);
  }

  /** Writes the parameters of an epoch to a file that the next checkpoint can name. */
  async writeBest(epoch: number, parameters: Tensors): Promise<StoredFile> {
    return this.#write(`best-${epoch}.safetensors`, parameters);
  }

  /**
   * Commits a checkpoint and removes the files of the last one.
   *
   * @param tensors  not asked for where the files of this step are already there
   * @returns whether tensors were written
   */
  async save(
    state: Omit<Checkpoint, 'version' | 'tensors' | 'metricsBytes'>,
    tensors: () => Promise<Tensors>,
  ): Promise<boolean> {
    const name = `checkpoint-${state.epoch * state.stepsPerEpoch + state.step}.safetensors`;
    const changed = this.#tensors?.name !== name;
    const file = changed || !this.#tensors ? await this.#write(name, await tensors()) : this.#tensors;
    const metricsBytes = await this.#metrics.sync();
    const checkpoint: Checkpoint = { version: 1, tensors: file, metricsBytes, ...state };
    await writeFileAtomically(join(this.path, CHECKPOINT), [`${JSON.stringify(checkpoint, null, 2)}\n`]);
    this.#tensors = file;
    await removeOtherTensors(this.path, [file, state.best?.tensors]);
    return changed;
  }

  async close(): Promise<void> {
    await this.#metrics.close();
  }

  async #write(name: string, tensors: Tensors): Promise<StoredFile> {
    return { name, sha256: await writeSafetensors(join(this.path, name), tensors) };
  }
}

async function removeOtherTensors(path: string, files: readonly (StoredFile | undefined)[]): Promise<void> {
  const kept = new Set(files.map((file) => file?.name));
  const names = (await readdir(path)).filter((name) => TENSORS.test(name) && !kept.has(name));
  await Promise.all(names.map((name) => rm(join(path, name))));
}
