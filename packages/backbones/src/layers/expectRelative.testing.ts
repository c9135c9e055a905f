import { tf } from '@hash/core';
import { expectClose } from '@hash/core/testing';

/**
 * Fails unless the values are within 1e-4 of an oracle's; where those are small, within a share of the largest, since
 * what cancels in single precision leaves the error of its parts.
 */
export function expectRelative(actual: tf.Tensor, expected: readonly number[], share = 1e-5): void {
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  tf.tidy(() => expectClose(actual.flatten(), expected, { relative: 1e-4, absolute: share * largest }));
}
