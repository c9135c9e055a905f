export { labelIds } from '../codes/labelIds.js';
export { labelsFromClassIds } from '../codes/labelsFromClassIds.js';
export { labelsFromMultiHot } from '../codes/labelsFromMultiHot.js';
export { multiHot } from '../codes/multiHot.js';
export { selectLabels } from '../codes/selectLabels.js';
export { startModuleWorker } from '../io/moduleWorker.js';
export { writeFileAtomically } from '../io/writeFileAtomically.js';
export { Rng } from '../random/rng.js';
