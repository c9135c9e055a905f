export { startModuleWorker } from './moduleWorker.js';
