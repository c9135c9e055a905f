import {
  copyBytes,
  i16x8,
  i32,
  i32x4,
  i8x16,
  v128,
  WasmModule,
  whileLoop,
  type Code,
  type FunctionBody,
  type Local,
} from '@hash/core/wasm';

export interface BlurKernels {
  /**
   * Blurs rows in three passes of a box filter and writes them as columns, so that running it twice blurs both ways.
   * Addresses are bytes; the lines have room for a row and, on each side, for `radius + 1` pixels.
   */
  blurRows(
    source: number,
    width: number,
    height: number,
    radius: number,
    full: number,
    part: number,
    first: number,
    second: number,
    target: number,
  ): void;
}

export function blurModule(): Uint8Array<ArrayBuffer> {
  const module = new WasmModule();
  const blurLine = module.define('blurLine', 7, 'nothing', writeBlurLine);
  module.define(
    'blurRows',
    9,
    'nothing',
    (body, source, width, height, radius, full, part, first, second, target) => {
      const [end, margin] = [body.local('i32'), body.local('i32')];
      const blur = (line: Local, output: Code, step: Code) =>
        blurLine(line.get, width.get, radius.get, full.get, part.get, output, step);
      const inside = (line: Local) => i32.add(line.get, margin.get);
      return [
        margin.set(bytes(i32.add(radius.get, i32.const(1)))),
        end.set(i32.add(source.get, bytes(i32.mul(width.get, height.get)))),
        whileLoop(
          i32.ltU(source.get, end.get),
          copyBytes(inside(first), source.get, bytes(width.get)),
          blur(first, inside(second), i32.const(4)),
          blur(second, inside(first), i32.const(4)),
          blur(first, target.get, bytes(height.get)),
          advance(source, bytes(width.get)),
          advance(target, i32.const(4)),
        ),
      ];
    },
  );
  return module.bytes();
}

/**
 * One pass over a line of `width` pixels between margins, which it fills with the pixels at the borders. A pixel's
 * channels are summed side by side, in lanes of 32 bits.
 */
function writeBlurLine(
  body: FunctionBody,
  line: Local,
  width: Local,
  radius: Local,
  full: Local,
  part: Local,
  output: Local,
  step: Local,
): Code {
  const [at, end, border, reach] = [
    body.local('i32'),
    body.local('i32'),
    body.local('i32'),
    body.local('i32'),
  ];
  const [sum, left, right, entering] = [
    body.local('v128'),
    body.local('v128'),
    body.local('v128'),
    body.local('v128'),
  ];
  const [fulls, parts, half] = [body.local('v128'), body.local('v128'), body.local('v128')];
  const fill = (length: Code): Code => [
    end.set(i32.add(at.get, length)),
    whileLoop(i32.ltU(at.get, end.get), i32.store(at.get, border.get), advance(at, i32.const(4))),
  ];
  const margin = bytes(i32.add(radius.get, i32.const(1)));
  const weighted = i32x4.add(
    i32x4.mul(sum.get, fulls.get),
    i32x4.mul(i32x4.add(left.get, right.get), parts.get),
  );
  return [
    fulls.set(i32x4.splat(full.get)),
    parts.set(i32x4.splat(part.get)),
    half.set(i32x4.splat(i32.const(1 << 23))),
    at.set(line.get),
    border.set(i32.load(i32.add(line.get, margin))),
    fill(margin),
    advance(at, bytes(width.get)),
    border.set(i32.load(i32.sub(at.get, i32.const(4)))),
    fill(margin),
    at.set(line.get),
    end.set(i32.add(line.get, i32.sub(i32.shl(radius.get, i32.const(3)), i32.const(-4)))),
    whileLoop(
      i32.ltU(at.get, end.get),
      sum.set(i32x4.add(sum.get, channels(at.get))),
      advance(at, i32.const(4)),
    ),
    entering.set(channels(at.get)),
    reach.set(i32.shl(i32.add(radius.get, i32.const(1)), i32.const(3))),
    at.set(line.get),
    end.set(i32.add(line.get, bytes(width.get))),
    whileLoop(
      i32.ltU(at.get, end.get),
      left.set(channels(at.get)),
      right.set(channels(i32.add(at.get, reach.get))),
      sum.set(i32x4.sub(i32x4.add(sum.get, entering.get), left.get)),
      i32.store(output.get, packed(i32x4.shrU(i32x4.add(weighted, half.get), i32.const(24)))),
      entering.set(right.get),
      advance(at, i32.const(4)),
      advance(output, step.get),
    ),
  ];
}

/** The channels of a packed pixel, in lanes of 32 bits. */
function channels(address: Code): Code {
  return i32x4.extendLow(i16x8.extendLow(v128.load32Zero(address)));
}

/** The packed pixel of channels. */
function packed(lanes: Code): Code {
  const narrowed = i16x8.narrow(lanes, v128.zero);
  return i32x4.lane(i8x16.narrow(narrowed, narrowed), 0);
}

/** Of so many packed pixels. */
function bytes(pixels: Code): Code {
  return i32.shl(pixels, i32.const(2));
}

function advance(local: Local, distance: Code): Code {
  return local.set(i32.add(local.get, distance));
}
