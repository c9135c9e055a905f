import { detached, flattenParameters, INFERENCE, tf, type Backbone } from '@hash/core';

/** A backbone as it was, for features that no training changes. */
export interface InitialFeatures {
  /**
   * @param images  normalised pixels, [n, size, size, 3]
   * @returns the images' vectors without dropout and without a gradient, [n, width]
   */
  features(images: tf.Tensor4D): tf.Tensor2D;
  dispose(): void;
}

/**
 * Remembers a backbone's parameters as they are now, and computes features by them whatever they become. What is
 * remembered takes memory only once training has changed it.
 */
export function initialFeatures(backbone: Backbone): InitialFeatures {
  const variables = [...new Set(flattenParameters(backbone.parameters).values())];
  const initial = variables.map((variable) => tf.keep(variable.clone()));
  return {
    features: (images) =>
      detached(() => {
        // Variables and clones share memory: neither copies values.
        const trained = variables.map((variable) => variable.clone());
        assignAll(variables, initial);
        try {
          return backbone.features(images, INFERENCE).pooled;
        } finally {
          assignAll(variables, trained);
        }
      }),
    dispose: () => tf.dispose(initial),
  };
}

function assignAll(variables: readonly tf.Variable[], values: readonly tf.Tensor[]): void {
  variables.forEach((variable, i) => variable.assign(values[i]!));
}
