import { describe, expect, it } from '@jest/globals';
import { tf } from '../tf.js';
import { chooseEngine } from './chooseEngine.js';
import { engineFallbacks } from './engineFallbacks.js';

describe('engineFallbacks', () => {
  it('counts the kernels that onnxruntime left to JavaScript', async () => {
    await chooseEngine('onnxruntime');
    const count = async () => (await engineFallbacks())?.['Atan2'] ?? 0;
    const earlier = await count();
    tf.tidy(() => tf.atan2([1], [2]).dataSync());
    expect(await count()).toBe(earlier + 1);
  });

  it('knows nothing of engines that do not tell', async () => {
    await chooseEngine('cpu');
    expect(await engineFallbacks()).toBeUndefined();
  });
});
