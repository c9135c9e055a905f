import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Linear } from '../nn/linear.js';
import { Rng } from '../random/rng.js';
import { expectClose } from '../testing/expectClose.js';
import { temporaryFolder } from '../testing/temporaryFolder.js';
import { loadModel, readModelRecord } from './loadModel.js';
import { saveModel } from './saveModel.js';

describe('saveModel and loadModel', () => {
  const folder = temporaryFolder(beforeEach, afterEach);
  const linear = (outputs = 3) => new Linear({ inputs: 2, outputs, rng: new Rng(outputs) });
  const save = (module = linear()) => saveModel(folder.path, module, { method: 'wch', config: { bits: 3 } });

  it('bring the parameters back', async () => {
    const saved = linear();
    await save(saved);
    const loaded = new Linear({ inputs: 2, outputs: 3, rng: new Rng('other') });
    await loadModel(folder.path, loaded, { method: 'wch' });
    expectClose(loaded.kernel, saved.kernel.arraySync(), { absolute: 0, relative: 0 });
    expect(await readModelRecord(folder.path)).toMatchObject({ method: 'wch', config: { bits: 3 } });
    expect(readdirSync(folder.path).sort()).toEqual(['model.json', 'model.safetensors']);
  });

  it('refuse a model of another method', async () => {
    await save();
    await expect(loadModel(folder.path, linear(), { method: 'nsh' })).rejects.toThrow(
      `${folder.join('model.json')}: expected a model of nsh, but got one of wch.`,
    );
  });

  it('refuse a model of another shape', async () => {
    await save();
    await expect(loadModel(folder.path, linear(4), { method: 'wch' })).rejects.toThrow(
      /kernel.*\[2, 4\].*\[2, 3\]/s,
    );
  });

  it('refuse damaged tensors and records', async () => {
    await save();
    const path = folder.join('model.safetensors');
    const bytes = await readFile(path);
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(path, bytes);
    await expect(loadModel(folder.path, linear(), { method: 'wch' })).rejects.toThrow(
      `${path}: expected SHA-256`,
    );
    writeFileSync(folder.join('model.json'), '{}');
    await expect(loadModel(folder.path, linear(), { method: 'wch' })).rejects.toThrow(
      "is not a model's record",
    );
  });
});
