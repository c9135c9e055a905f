import { detached, INFERENCE, tf, type Backbone, type BackboneFeatures } from '@hash/core';
import { packFeatures, unpackFeatures } from './packedFeatures.js';

/**
 * A backbone as one that is not trained: it has no parameters to optimise, save or dispose of, and computes as outside
 * training. Whoever made the backbone still disposes of it.
 */
export function frozenBackbone(backbone: Backbone): Backbone {
  return {
    ...described(backbone),
    features: (images) => unpacked(detached(() => packFeatures(backbone.features(images, INFERENCE), true))),
  };
}

/**
 * Stands in for a backbone where `frozenFeatures` has computed its features: its images are these, and there is nothing
 * to compute.
 */
export function featureBackbone(backbone: Backbone): Backbone {
  const { width } = backbone;
  return {
    ...described(backbone),
    features(images) {
      const [n, vectors, one, channels] = images.shape;
      if (images.rank !== 4 || one !== 1 || channels !== width) {
        throw new Error(
          `featureBackbone: expected features [n, 1 + places, 1, ${width}], but got [${images.shape.join(', ')}].`,
        );
      }
      return unpacked(tf.reshape(images, [n, vectors, width]));
    },
  };
}

function described({ name, preprocessing, width }: Backbone) {
  return { name, preprocessing, width, parameters: {} };
}

/** Takes the packed features, which it disposes of, apart. */
function unpacked(packed: tf.Tensor3D): BackboneFeatures {
  const features = unpackFeatures(packed);
  packed.dispose();
  return features;
}
