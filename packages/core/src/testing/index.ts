export { centralDifferences } from './centralDifferences.js';
export { expectClose, type Nested, type Tolerance } from './expectClose.js';
export { leakedTensors } from './leakedTensors.js';
