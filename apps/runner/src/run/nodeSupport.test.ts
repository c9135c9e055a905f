import { expect, it } from '@jest/globals';
import { supportsNode } from './nodeSupport.js';

it.each([
  ['v20.19.0', true],
  ['v20.18.9', false],
  ['v20.20.2', true],
  ['v21.9.0', false],
  ['v22.12.0', false],
  ['v22.13.0', true],
  ['v23.5.0', false],
  ['v24.0.0', true],
  ['v31.1.0', true],
  ['v18.20.0', false],
  ['v24.0.0-nightly20250101', true],
])('supportsNode(%s) is %s', (version, supported) =>
  expect(supportsNode(version, '^20.19.0 || ^22.13.0 || >=24')).toBe(supported),
);
