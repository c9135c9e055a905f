export { centralDifferences } from './centralDifferences.js';
export { expectClose, type Nested, type Tolerance } from './expectClose.js';
export { fakeBackbone } from './fakeBackbone.js';
export { fakeDataset, type FakeDatasetOptions } from './fakeDataset.js';
export { fuzz, mutate, type FuzzResult } from './fuzz.js';
export { leakedTensors } from './leakedTensors.js';
