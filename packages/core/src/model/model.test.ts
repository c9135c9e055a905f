import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Linear } from '../nn/linear.js';
import { Rng } from '../random/rng.js';
import { expectClose } from '../testing/expectClose.js';
import { loadModel, readModelRecord } from './loadModel.js';
import { saveModel } from './saveModel.js';

describe('saveModel and loadModel', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'model-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const linear = (outputs = 3) => new Linear({ inputs: 2, outputs, rng: new Rng(outputs) });
  const save = (module = linear()) => saveModel(folder, module, { method: 'wch', config: { bits: 3 } });

  it('bring the parameters back', async () => {
    const saved = linear();
    await save(saved);
    const loaded = new Linear({ inputs: 2, outputs: 3, rng: new Rng('other') });
    await loadModel(folder, loaded, { method: 'wch' });
    expectClose(loaded.kernel, saved.kernel.arraySync(), { absolute: 0, relative: 0 });
    expect(await readModelRecord(folder)).toMatchObject({ method: 'wch', config: { bits: 3 } });
    expect(readdirSync(folder).sort()).toEqual(['model.json', 'model.safetensors']);
  });

  it('refuse a model of another method', async () => {
    await save();
    await expect(loadModel(folder, linear(), { method: 'nsh' })).rejects.toThrow(
      `${join(folder, 'model.json')}: expected a model of nsh, but got one of wch.`,
    );
  });

  it('refuse a model of another shape', async () => {
    await save();
    await expect(loadModel(folder, linear(4), { method: 'wch' })).rejects.toThrow(
      /kernel.*\[2, 4\].*\[2, 3\]/s,
    );
  });

  it('refuse damaged tensors and records', async () => {
    await save();
    const path = join(folder, 'model.safetensors');
    const bytes = await readFile(path);
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(path, bytes);
    await expect(loadModel(folder, linear(), { method: 'wch' })).rejects.toThrow(`${path}: expected SHA-256`);
    writeFileSync(join(folder, 'model.json'), '{}');
    await expect(loadModel(folder, linear(), { method: 'wch' })).rejects.toThrow("is not a model's record");
  });
});
