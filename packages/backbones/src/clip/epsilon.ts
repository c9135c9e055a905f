/** Of every layer normalisation in CLIP. */
export const EPSILON = 1e-5;
