export { backboneNames, createBackbone, type CreateBackboneOptions } from './createBackbone.js';
