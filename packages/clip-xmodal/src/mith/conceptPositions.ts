/**
 * The angles that tell concepts apart, as a transformer's positions are told: sin and cos in turn at falling frequencies,
 * divided by √width.
 *
 * @returns [concepts, width], row by row
 * @see Vaswani et al., NeurIPS 2017, arXiv:1706.03762
 */
export function conceptPositions(concepts: number, width: number): Float32Array {
  return Float32Array.from({ length: concepts * width }, (_, at) => {
    const [concept, feature] = [Math.floor(at / width), at % width];
    const angle = concept * 10000 ** (-(feature - (feature % 2)) / width);
    return (feature % 2 === 0 ? Math.sin(angle) : Math.cos(angle)) / Math.sqrt(width);
  });
}
