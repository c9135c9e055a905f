import type { Backbone, tf } from '@hash/core';

/** How a published checkpoint lays a parameter out, where the variable has a shape or an axis order that computes better. */
export interface PublishedLayout {
  readonly shape: readonly number[];
  /** Published axes in the order in which the variable has them; as published when left out. */
  readonly axes?: readonly number[];
}

/** What the checkpoint files of a network are like. */
export interface CheckpointFormat {
  /** Between the parts of a name: `/` in JAX's files, `.` in PyTorch's. */
  readonly separator: string;
  /** Names of arrays that the backbone has no use for, such as the classifier's. */
  readonly ignored: RegExp;
  layout(name: string, variable: tf.Variable): PublishedLayout;
  /**
   * Converts an array whose shape is not the published one.
   * @param shape  of the array in the file
   * @returns a function from its values to those of the published shape; undefined where there is no such conversion
   */
  adapt?(
    name: string,
    shape: readonly number[],
    published: readonly number[],
  ): ((values: Float32Array) => Float32Array) | undefined;
}

/** A backbone whose weights can be read from, and written as, the files that its authors published. */
export interface PublishedBackbone extends Backbone {
  readonly checkpoint: CheckpointFormat;
}
