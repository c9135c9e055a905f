import type { OnnxDtype } from './dtype.js';

/** An intermediate result of the graph under construction. */
export interface Value {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: OnnxDtype;
  /** The number that a scalar constant holds. */
  readonly constant?: number;
  /** Whether it is written into the model, so that ONNX Runtime lays it out for the processor. */
  readonly baked?: true;
  /** How another value becomes this one, as long as no node has made it. */
  readonly deferred?: Deferred;
}

/**
 * Elementwise nodes work on the source of a deferred value and defer in turn, so that a repetition is never written out
 * where it broadcasts anyway, and the change of layout after one convolution meets its inverse before the next.
 */
export type Deferred =
  /** `source` broadcast to the shape. */
  | { readonly kind: 'spread'; readonly source: Value }
  /** `source` with its axes in the order of `perm`. */
  | { readonly kind: 'transpose'; readonly source: Value; readonly perm: readonly number[] };

export type Transposed = Value & { readonly deferred: Extract<Deferred, { kind: 'transpose' }> };

export function isTransposed(x: Value): x is Transposed {
  return x.deferred?.kind === 'transpose';
}

/** What a value is spread from; itself when it is not. */
export function spreadSource(x: Value): Value {
  return x.deferred?.kind === 'spread' ? x.deferred.source : x;
}
