export { vectorBackbone } from './vectorBackbone.js';
