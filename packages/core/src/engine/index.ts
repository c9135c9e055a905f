export { engineFallbacks } from './engineFallbacks.js';
export { chooseEngine, describeEngine, type EngineChoice } from './chooseEngine.js';
export { ENGINE_NAMES, parseEngineName, type EngineName } from './engineName.js';
export { loadEngine } from './loadEngine.js';
