import { describe, expect, it } from '@jest/globals';
import { UsageError } from '../errors.js';
import { recordedEngine, settleEngine, startEngine } from './engine.js';

describe('settleEngine', () => {
  it('is the first that loads, on the CPU, by default', () =>
    expect(settleEngine({ env: {} }, {})).toEqual({ backend: 'auto' }));

  it('follows the environment, and the command before it', () => {
    const env = { HASH_BACKEND: 'onnxruntime', HASH_DEVICE: 'cuda' };
    expect(settleEngine({ env }, {})).toEqual({ backend: 'onnxruntime', device: 'cuda' });
    expect(settleEngine({ env }, { backend: 'wasm', device: 'cpu' })).toEqual({ backend: 'wasm' });
  });

  it('refuses an unknown name', () => {
    const settle = () => settleEngine({ env: { HASH_BACKEND: 'gpu' } }, {});
    expect(settle).toThrow(UsageError);
    expect(settle).toThrow("HASH_BACKEND: Unknown engine 'gpu'. Known engines: auto, tensorflow-gpu, ");
  });
});

describe('startEngine', () => {
  it('says which engine it took, and gives the name under which a run records it', async () => {
    const lines: string[] = [];
    expect(await startEngine({ backend: 'cpu' }, (line) => void lines.push(line))).toBe('cpu');
    expect(lines).toEqual(['engine: cpu']);
  });

  it('refuses a device that the engine cannot take', async () => {
    await expect(startEngine({ backend: 'cpu', device: 'cuda' }, () => undefined)).rejects.toThrow(
      'Engine cpu cannot be used. cpu: only onnxruntime takes a device, but cuda was asked for.',
    );
  });
});

it('recordedEngine reads what a run recorded', () => {
  expect(recordedEngine('onnxruntime')).toEqual({ backend: 'onnxruntime', device: undefined });
  expect(recordedEngine('onnxruntime:cuda')).toEqual({ backend: 'onnxruntime', device: 'cuda' });
});
