/** In bytes. A network of a thousand tensors has a pickle of some hundred kilobytes; the values lie elsewhere. */
export const LARGEST_PICKLE = 2 ** 25;
