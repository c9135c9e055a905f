/** Of every layer normalisation in Google's vision transformers. */
export const EPSILON = 1e-6;
