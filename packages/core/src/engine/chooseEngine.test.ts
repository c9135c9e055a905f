import { describe, expect, it } from '@jest/globals';
import { tf } from '../tf.js';
import { chooseEngine, describeEngine } from './chooseEngine.js';
import { parseEngineName, type EngineName } from './engineName.js';

describe('chooseEngine', () => {
  it('takes the first that loads and keeps the reasons of the others', async () => {
    const tried: EngineName[] = [];
    const choice = await chooseEngine('auto', {}, (name) => {
      tried.push(name);
      return name === 'wasm' ? Promise.resolve() : Promise.reject(new Error(`no ${name}`));
    });
    expect(tried).toEqual(['tensorflow-gpu', 'tensorflow', 'onnxruntime', 'wasm']);
    expect(describeEngine(choice)).toBe(
      'engine: wasm (tensorflow-gpu: no tensorflow-gpu; tensorflow: no tensorflow; onnxruntime: no onnxruntime)',
    );
  });

  it('does not fall back from an engine that was asked for', async () => {
    await expect(chooseEngine('wasm', {}, () => Promise.reject(new Error('broken')))).rejects.toThrow(
      'Engine wasm cannot be used. wasm: broken.',
    );
  });

  it('takes the one engine with devices where one is asked for', async () => {
    const tried: unknown[] = [];
    await chooseEngine('auto', { device: 'cuda' }, (...asked) => Promise.resolve(void tried.push(asked)));
    expect(tried).toEqual([['onnxruntime', { device: 'cuda' }]]);
    await expect(chooseEngine('wasm', { device: 'cuda' })).rejects.toThrow(
      'Engine wasm cannot be used. wasm: only onnxruntime takes a device, but cuda was asked for.',
    );
  });

  it('says how to install an engine that is absent', async () => {
    await expect(chooseEngine('tensorflow-gpu')).rejects.toThrow(
      'Engine tensorflow-gpu cannot be used. tensorflow-gpu: not installed (npm install @tensorflow/tfjs-node-gpu@4.22.0).',
    );
  });

  it.each(['cpu', 'wasm'] as const)('loads %s, with gradients', async (name) => {
    expect(describeEngine(await chooseEngine(name))).toBe(`engine: ${name}`);
    expect(tf.getBackend()).toBe(name);
    const gradient = tf.tidy(() =>
      tf
        .grad((x) => tf.mean(tf.square(x)))(tf.tensor1d([1, 2]))
        .dataSync(),
    );
    expect([...gradient]).toEqual([1, 2]);
  });
});

describe('parseEngineName', () => {
  it('knows the engines', () => expect(parseEngineName('onnxruntime')).toBe('onnxruntime'));
  it('lists them for any other', () => {
    expect(() => parseEngineName('gpu')).toThrow(
      "Unknown engine 'gpu'. Known engines: auto, tensorflow-gpu, tensorflow, onnxruntime, wasm, cpu.",
    );
  });
});
