export { INFERENCE, type ForwardPass, type Module, type ParameterTree } from './module.js';
