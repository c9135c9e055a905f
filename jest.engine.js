import { beforeAll } from '@jest/globals';
import { chooseEngine, parseEngineName } from '@hash/core';

beforeAll(async () => {
  await chooseEngine(parseEngineName(process.env['HASH_BACKEND'] ?? 'cpu'));
});
