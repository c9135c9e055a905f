export { tf } from './tf.js';
export * from './codes/index.js';
export * from './contracts/index.js';
export * from './engine/index.js';
export * from './io/index.js';
export * from './nn/index.js';
export * from './optim/index.js';
export * from './random/index.js';
export * from './training/index.js';
