import {
  i16x8,
  i32,
  i32x4,
  i8x16,
  v128,
  WasmModule,
  whileLoop,
  type Code,
  type Local,
} from '@hash/core/wasm';
import { WEIGHT_BITS } from './resamplingKernel.js';

/** Scales rows as `resampleRows` does: addresses are bytes, `stride` is from one row of the source to the next. */
type ScaleRows = (
  source: number,
  stride: number,
  rows: number,
  starts: number,
  weights: number,
  taps: number,
  outputs: number,
  target: number,
) => void;

/** By the number of taps, for which two and four have code of their own. */
export interface ScaleKernels {
  readonly two: ScaleRows;
  readonly four: ScaleRows;
  readonly many: ScaleRows;
}

export function scaleModule(): Uint8Array<ArrayBuffer> {
  const module = new WasmModule();
  define(module, 'two', 2);
  define(module, 'four', 4);
  define(module, 'many', null);
  return module.bytes();
}

/**
 * A pixel's channels are summed side by side, in lanes of 32 bits. Where the number of taps is known, the weights of an
 * output pixel stay in registers for all rows.
 */
function define(module: WasmModule, name: keyof ScaleKernels, known: number | null): void {
  module.define(name, 8, 'nothing', (body, source, stride, rows, starts, weights, taps, outputs, target) => {
    const [from, at, weight, end] = [
      body.local('i32'),
      body.local('i32'),
      body.local('i32'),
      body.local('i32'),
    ];
    const [pair, sum] = [body.local('v128'), body.local('v128')];
    const kept = Array.from({ length: known ?? 0 }, () => body.local('v128'));
    const addPair = (pixels: Code, first: Code, second: Code): Code => [
      pair.set(i16x8.extendLow(pixels)),
      sum.set(i32x4.add(sum.get, i32x4.mul(i32x4.extendLow(pair.get), first))),
      sum.set(i32x4.add(sum.get, i32x4.mul(i32x4.extendHigh(pair.get), second))),
    ];
    const addKnown = Array.from({ length: kept.length / 2 }, (_, i) =>
      addPair(v128.load64Zero(from.get, 8 * i), kept[2 * i]!.get, kept[2 * i + 1]!.get),
    );
    const addAll = [
      at.set(from.get),
      weight.set(weights.get),
      whileLoop(
        i32.ltU(weight.get, i32.add(weights.get, i32.shl(taps.get, i32.const(2)))),
        addPair(v128.load64Zero(at.get), v128.load32Splat(weight.get), v128.load32Splat(weight.get, 4)),
        advance(at, i32.const(8)),
        advance(weight, i32.const(8)),
      ),
    ];
    return whileLoop(
      outputs.get,
      from.set(i32.add(source.get, i32.shl(i32.load(starts.get), i32.const(2)))),
      kept.map((local, i) => local.set(v128.load32Splat(weights.get, 4 * i))),
      end.set(i32.add(target.get, i32.shl(rows.get, i32.const(2)))),
      whileLoop(
        i32.ltU(target.get, end.get),
        sum.set(i32x4.splat(i32.const(1 << (WEIGHT_BITS - 1)))),
        known === null ? addAll : addKnown,
        sum.set(i32x4.shrS(sum.get, i32.const(WEIGHT_BITS))),
        sum.set(i16x8.narrow(sum.get, sum.get)),
        i32.store(target.get, i32x4.lane(i8x16.narrow(sum.get, sum.get), 0)),
        advance(from, stride.get),
        advance(target, i32.const(4)),
      ),
      advance(starts, i32.const(4)),
      advance(weights, i32.shl(taps.get, i32.const(2))),
      advance(outputs, i32.const(-1)),
    );
  });
}

function advance(local: Local, step: Code): Code {
  return local.set(i32.add(local.get, step));
}
