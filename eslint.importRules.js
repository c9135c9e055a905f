/**
 * Who may import whom. The list is closed: a project whose tag has no rule may import nothing, and a tag that is not
 * named by `onlyDependOnLibsWithTags` may not be imported.
 */
const depConstraints = [
  { sourceTag: 'room:engine', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'room:core', onlyDependOnLibsWithTags: ['room:engine'] },
  { sourceTag: 'room:backbones', onlyDependOnLibsWithTags: ['room:core'] },
  { sourceTag: 'room:datasets', onlyDependOnLibsWithTags: ['room:core'] },
  { sourceTag: 'room:method', onlyDependOnLibsWithTags: ['room:backbones', 'room:core'] },
  {
    sourceTag: 'room:app',
    onlyDependOnLibsWithTags: ['room:method', 'room:datasets', 'room:backbones', 'room:core'],
  },
];

const noTensorflow = {
  group: ['@tensorflow/*'],
  message: "Only @hash/core imports TensorFlow.js; write `import { tf } from '@hash/core'`.",
};

/** Below apps/ a result depends on its arguments alone: no unseeded randomness, clock, environment or working directory. */
const impure = [
  { object: 'Math', property: 'random', message: 'Take a seeded Rng as an argument.' },
  { object: 'Date', property: 'now', message: 'Time is passed in by the app.' },
  { object: 'process', property: 'env', message: 'Settings are passed in by the app.' },
  { object: 'process', property: 'cwd', message: 'Paths are passed in by the app.' },
];

export const importRules = [
  {
    files: ['packages/**/*.ts', 'apps/**/*.ts'],
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        { enforceBuildableLibDependency: false, allow: [], depConstraints, banTransitiveDependencies: false },
      ],
      'no-restricted-imports': ['error', { patterns: [noTensorflow] }],
    },
  },
  {
    files: ['packages/core/**/*.ts', 'packages/tfjs-backend-onnx/**/*.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['packages/*/src/**/*.ts'],
    ignores: ['**/*.test.ts', '**/*.testing.ts'],
    rules: { 'no-restricted-properties': ['error', ...impure] },
  },
];
