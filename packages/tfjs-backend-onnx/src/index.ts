export type { OnnxBackendOptions } from './options.js';
export { onnxStatistics, registerOnnxBackend } from './registerOnnxBackend.js';
export type { OnnxStatistics } from './statistics.js';
