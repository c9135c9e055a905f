export { decodeFloat16 } from './decodeFloat16.js';
export { JsonLines } from './jsonLines.js';
export { startModuleWorker } from './moduleWorker.js';
export { readSafetensors, type SafetensorsFile } from './readSafetensors.js';
export { sha256File } from './sha256File.js';
export { sha256Hex } from './sha256Hex.js';
export type { StoredTensor } from './storedTensor.js';
export { removeTemporaryFiles, writeFileAtomically } from './writeFileAtomically.js';
export { writeSafetensors } from './writeSafetensors.js';
