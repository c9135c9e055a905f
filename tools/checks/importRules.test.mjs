/** The import rules of the workspace forbid what they are there to forbid. */
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { ESLint } from 'eslint';

const root = fileURLToPath(new URL('../../', import.meta.url));
const eslint = new ESLint({ cwd: root });

/** Lints `code` as if it stood in an existing file, and returns the rules that it breaks. */
async function brokenRules(file, code) {
  const [result] = await eslint.lintText(code, { filePath: root + file });
  return result.messages.map(({ ruleId }) => ruleId);
}

const boundary = '@nx/enforce-module-boundaries';
const forbidden = [
  ['core imports a method', 'packages/core/src/index.ts', "export * from '@hash/wch';", boundary],
  ['core imports data sets', 'packages/core/src/index.ts', "export * from '@hash/datasets';", boundary],
  ['a method imports data sets', 'packages/wch/src/index.ts', "export * from '@hash/datasets';", boundary],
  ['a method imports the app', 'packages/wch/src/index.ts', "export * from '@hash/runner';", boundary],
  [
    'data sets import backbones',
    'packages/datasets/src/index.ts',
    "export * from '@hash/backbones';",
    boundary,
  ],
  [
    'backbones import an engine',
    'packages/backbones/src/index.ts',
    "export * from '@hash/tfjs-backend-onnx';",
    boundary,
  ],
  [
    'an engine imports core',
    'packages/tfjs-backend-onnx/src/index.ts',
    "export * from '@hash/core';",
    boundary,
  ],
  [
    'a package reaches into another',
    'packages/wch/src/index.ts',
    "export * from '../../core/src/index.js';",
    boundary,
  ],
  [
    'a method imports TensorFlow.js past its door',
    'packages/wch/src/index.ts',
    "export * from '@tensorflow/tfjs';",
    'no-restricted-imports',
  ],
  [
    'a package draws unseeded numbers',
    'packages/wch/src/index.ts',
    'export const x = Math.random();',
    'no-restricted-properties',
  ],
  [
    'a package reads the environment',
    'packages/core/src/index.ts',
    'export const x = process.env;',
    'no-restricted-properties',
  ],
];

for (const [what, file, code, rule] of forbidden) {
  test(`forbidden: ${what}`, async () => assert.deepEqual(await brokenRules(file, code), [rule]));
}

const allowed = [
  ['a method imports core', 'packages/wch/src/index.ts', "export * from '@hash/core';"],
  ['a method imports backbones', 'packages/wch/src/index.ts', "export * from '@hash/backbones';"],
  ['the app imports data sets', 'apps/runner/src/index.ts', "export * from '@hash/datasets';"],
  ['the app reads the environment', 'apps/runner/src/index.ts', 'export const x = process.env;'],
];

for (const [what, file, code] of allowed) {
  test(`allowed: ${what}`, async () => assert.deepEqual(await brokenRules(file, code), []));
}
