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

/**
 * For packages that compute.
 *
 * @param name  the engine of their tests where HASH_BACKEND names none: the reference, `cpu`, or the one that users train on
 */
export const onEngine = (name) => ({
  setupFilesAfterEnv: [`${import.meta.dirname}/jest.engine.js`],
  globals: { engineOfTests: name },
});
