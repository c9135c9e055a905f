export { loadModel, readModelRecord } from './loadModel.js';
export type { ModelRecord } from './modelRecord.js';
export { saveModel } from './saveModel.js';
