import type { CompleteOp } from './augmentSchema.js';
import { augmentStep, type AugmentStep, type PixelOp } from './augmentStep.js';
import { DeferredImage } from './deferredImage.js';
import { floatTable, type FloatTable } from './normalize.js';

/** A pipeline that has been checked and is ready to run. It owns working memory, so that one thread runs it at a time. */
export interface CompiledAugment {
  readonly what: string;
  /** The side of the square that comes out. */
  readonly size: number;
  readonly steps: readonly AugmentStep[];
  readonly floats: FloatTable;
  readonly working: DeferredImage;
}

/**
 * Makes ops that have been checked one by one ready for {@link applyAugment}.
 *
 * @param what  whose pipeline it is, for messages
 * @throws TypeError if something follows `normalize`, or the result is not a square of fixed size
 */
export function compileOps(ops: readonly CompleteOp[], what: string): CompiledAugment {
  const end = ops.findIndex(({ op }) => op === 'normalize');
  if (end >= 0 && end < ops.length - 1) {
    throw new TypeError(
      `compileAugment: ${what}: expected normalize to be the last of ${ops.length} ops, but got it as op ${end}.`,
    );
  }
  const last = ops.at(-1);
  const { mean, std } = last?.op === 'normalize' ? last : ({ mean: [0, 0, 0], std: [1, 1, 1] } as const);
  return {
    what,
    size: squareSize(ops, what),
    steps: ops.filter(isPixelOp).map(augmentStep),
    floats: floatTable(mean, std),
    working: new DeferredImage(),
  };
}

/** The side, in pixels, of the square that comes out. */
export function augmentedSize(compiled: CompiledAugment): number {
  return compiled.size;
}

/** Whether {@link applyAugment} needs a generator, that is, whether its result is another each time. */
export function isRandom(compiled: CompiledAugment): boolean {
  return compiled.steps.some(({ random }) => random);
}

function isPixelOp(op: CompleteOp): op is PixelOp {
  return op.op !== 'normalize';
}

/** `resize` alone keeps the aspect ratio, so that its result is square only if the image was. */
function squareSize(ops: readonly CompleteOp[], what: string): number {
  let size: number | undefined;
  for (const op of ops) {
    if ('size' in op && (op.op !== 'resize' || size !== undefined)) size = op.size;
  }
  if (size === undefined) {
    throw new TypeError(
      `compileAugment: ${what}: expected a centerCrop, randomCrop or randomResizedCrop, which give a fixed size, ` +
        `but got ${ops.map(({ op }) => op).join(', ') || 'no ops'}.`,
    );
  }
  return size;
}
