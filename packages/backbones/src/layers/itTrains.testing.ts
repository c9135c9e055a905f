import { it } from '@jest/globals';

/** TensorFlow.js's wasm backend has no kernel for the gradient of a convolution. */
export const itTrains: typeof it.skip = process.env['HASH_BACKEND'] === 'wasm' ? it.skip : it;
