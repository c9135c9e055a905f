/** What the backend did since it was registered. */
export interface OnnxStatistics {
  /** Graphs run. */
  readonly runs: number;
  /** Graphs compiled; in a steady loop this stops growing. */
  readonly compilations: number;
  readonly compileMilliseconds: number;
  readonly runMilliseconds: number;
  /** Compiled graphs held at present. */
  readonly sessions: number;
  /** Bytes of unused result buffers held for later. */
  readonly pooledBytes: number;
  /** Calls of kernels that ran in JavaScript for want of an ONNX form, by kernel name. */
  readonly fallbacks: Readonly<Record<string, number>>;
}
