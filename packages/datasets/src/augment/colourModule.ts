import {
  f32x4,
  i32,
  i32x4,
  v128,
  WasmModule,
  whileLoop,
  type Code,
  type FunctionBody,
} from '@hash/core/wasm';

/** Kernels that change packed pixels in place, four at a time: addresses are bytes, `end` is that behind the last four. */
export interface ColourKernels {
  grayscale(pixels: number, end: number): void;
  /** @param factor  address of a float */
  saturate(pixels: number, end: number, factor: number): void;
}

export function colourModule(): Uint8Array<ArrayBuffer> {
  const module = new WasmModule();
  module.define('grayscale', 2, 'nothing', (body, pixels, end) => {
    const threefold = constant(body, i32x4.splat(i32.const(0x010101)));
    const { prepare, four, gray } = grays(body, pixels.get);
    return [
      threefold.prepare,
      prepare,
      whileLoop(
        i32.ltU(pixels.get, end.get),
        four,
        v128.store(pixels.get, i32x4.mul(gray, threefold.get)),
        pixels.set(i32.add(pixels.get, i32.const(16))),
      ),
    ];
  });
  module.define('saturate', 3, 'nothing', (body, pixels, end, factor) => {
    const factors = constant(body, v128.load32Splat(factor.get));
    const highest = constant(body, i32x4.splat(i32.const(255)));
    const { prepare, four, red, green, blue, gray } = grays(body, pixels.get);
    const [base, start] = [body.local('v128'), body.local('v128')];
    const blend = (channel: Code): Code => {
      const way = f32x4.fromIntegers(i32x4.sub(channel, base.get));
      const end = i32x4.fromFloats(f32x4.add(start.get, f32x4.mul(way, factors.get)));
      return i32x4.minS(i32x4.maxS(end, v128.zero), highest.get);
    };
    return [
      [factors.prepare, highest.prepare, prepare],
      whileLoop(
        i32.ltU(pixels.get, end.get),
        four,
        base.set(gray),
        start.set(f32x4.fromIntegers(base.get)),
        v128.store(pixels.get, joined(blend(red), blend(green), blend(blue))),
        pixels.set(i32.add(pixels.get, i32.const(16))),
      ),
    ];
  });
  return module.bytes();
}

/** Code for the channels of the four pixels at an address, and for their grays, as `luminance` has them. */
function grays(body: FunctionBody, address: Code) {
  const loaded = body.local('v128');
  const splat = (value: number) => constant(body, i32x4.splat(i32.const(value)));
  const byte = splat(255);
  const weights = [splat(19595), splat(38470), splat(7471)] as const;
  const half = splat(0x8000);
  const red = v128.and(loaded.get, byte.get);
  const green = v128.and(i32x4.shrU(loaded.get, i32.const(8)), byte.get);
  const blue = i32x4.shrU(loaded.get, i32.const(16));
  const [ofRed, ofGreen, ofBlue] = [red, green, blue].map((channel, i) =>
    i32x4.mul(channel, weights[i]!.get),
  ) as [Code, Code, Code];
  const sum = i32x4.add(i32x4.add(ofRed, ofGreen), i32x4.add(ofBlue, half.get));
  return {
    /** Runs once, before all pixels. */
    prepare: [byte, ...weights, half].map(({ prepare }) => prepare),
    /** Loads four pixels. */
    four: loaded.set(v128.load(address)),
    ...{ red, green, blue },
    gray: i32x4.shrU(sum, i32.const(16)),
  };
}

/** A value that is kept, once `prepare` has run. */
function constant(body: FunctionBody, value: Code): { readonly prepare: Code; readonly get: Code } {
  const local = body.local('v128');
  return { prepare: local.set(value), get: local.get };
}

/** Packed pixels of their channels. */
function joined(red: Code, green: Code, blue: Code): Code {
  return v128.or(red, v128.or(i32x4.shl(green, i32.const(8)), i32x4.shl(blue, i32.const(16))));
}
