import { beforeAll } from '@jest/globals';

/** Chooses the engine where a test has loaded TensorFlow.js: to load it for all takes a second each. */
beforeAll(async () => {
  if (!('_tfengine' in globalThis)) return;
  const { chooseEngine } = await import('./packages/core/src/engine/chooseEngine.js');
  const { parseEngineName } = await import('./packages/core/src/engine/engineName.js');
  await chooseEngine(parseEngineName(process.env['HASH_BACKEND'] ?? globalThis.engineOfTests));
});
