/** Shared Jest settings: native ESM, other packages' sources through the custom export condition, swc transform. */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/src/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testEnvironmentOptions: { customExportConditions: ['@hash/source', 'node', 'node-addons'] },
  workerIdleMemoryLimit: '1GB',
  testTimeout: 30_000,
};

/** For packages that compute: tests run on the engine that HASH_BACKEND names, by default the reference, `cpu`. */
export const onEngine = { setupFilesAfterEnv: [`${import.meta.dirname}/jest.engine.js`] };
