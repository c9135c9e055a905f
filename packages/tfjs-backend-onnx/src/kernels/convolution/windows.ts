import type { GraphBuilder } from '../../onnx/graphBuilder.js';
import type { Value } from '../../onnx/value.js';
import { convPads, isUnpadded, reversedPads, type ConvInfo } from './shape.js';

/**
 * For each place of the filter, row by row, the pixels that it meets: each [n, outHeight, outWidth, in].
 *
 * @param x  [n, inHeight, inWidth, in]
 */
export function windowTaps(graph: GraphBuilder, x: Value, info: ConvInfo): Value[] {
  const strides = [info.strideHeight, info.strideWidth];
  return taps(graph, x, {
    info,
    pads: convPads(info),
    height: info.outHeight,
    width: info.outWidth,
    strides,
  });
}

/** Likewise of a gradient by the output, [n, outHeight, outWidth, out], for the filter from back to front. */
export function reversedTaps(graph: GraphBuilder, dy: Value, info: ConvInfo): Value[] {
  const { inHeight: height, inWidth: width } = info;
  return taps(graph, dy, { info, pads: reversedPads(info), height, width, strides: [1, 1] }).reverse();
}

interface Taps {
  readonly info: ConvInfo;
  /** [top, left, bottom, right] */
  readonly pads: readonly [number, number, number, number];
  /** Of the result, as is the width. */
  readonly height: number;
  readonly width: number;
  readonly strides: readonly number[];
}

function taps(graph: GraphBuilder, x: Value, { info, pads, height, width, strides }: Taps): Value[] {
  const [top, left, bottom, right] = pads;
  const none = [0, 0] as const;
  const wide = graph.pad(x, [none, [top, bottom], [left, right], none], 0);
  const size = [info.batchSize, height, width, x.shape[3] as number];
  const steps = [1, ...strides, 1];
  const found: Value[] = [];
  for (let row = 0; row < info.filterHeight; row++)
    for (let column = 0; column < info.filterWidth; column++) {
      const begin = [0, row * info.dilationHeight, column * info.dilationWidth, 0];
      found.push(graph.slice(wide, begin, size, steps));
    }
  return found;
}

/** Whether the windows tile the image, so that no pixel is in two of them or in none. */
export function tilesImage(info: ConvInfo): boolean {
  return (
    info.dataFormat === 'channelsLast' &&
    isUnpadded(info) &&
    info.dilationHeight * info.dilationWidth === 1 &&
    info.strideHeight === info.filterHeight &&
    info.strideWidth === info.filterWidth &&
    info.outHeight * info.strideHeight === info.inHeight &&
    info.outWidth * info.strideWidth === info.inWidth
  );
}

/** The pixels of each tile in a row: [tiles, filterHeight * filterWidth * in]. */
export function tileRows(graph: GraphBuilder, x: Value, info: ConvInfo): Value {
  const { batchSize, outHeight, outWidth, filterHeight, filterWidth, inChannels } = info;
  const split = [batchSize, outHeight, filterHeight, outWidth, filterWidth * inChannels];
  const rows = graph.transpose(graph.reshape(x, split), [0, 1, 3, 2, 4]);
  return graph.reshape(rows, [batchSize * outHeight * outWidth, filterHeight * filterWidth * inChannels]);
}

/** The image whose tiles are these rows. */
export function imageOfRows(graph: GraphBuilder, rows: Value, info: ConvInfo): Value {
  const { batchSize, outHeight, outWidth, filterHeight, filterWidth, inChannels } = info;
  const split = [batchSize, outHeight, outWidth, filterHeight, filterWidth * inChannels];
  const image = graph.transpose(graph.reshape(rows, split), [0, 1, 3, 2, 4]);
  return graph.reshape(image, [batchSize, info.inHeight, info.inWidth, inChannels]);
}

/** Pixels of all images, and the places of a filter. */
export function pixelCount({ batchSize, outHeight, outWidth }: ConvInfo): number {
  return batchSize * outHeight * outWidth;
}

export function filterSize({ filterHeight, filterWidth, inChannels }: ConvInfo): number {
  return filterHeight * filterWidth * inChannels;
}
