import { encodeFloat16, Rng, type AugmentSpec, type Backbone, type Samples } from '@hash/core';
import { NpyRowWriter } from '@hash/core/files';
import { featureRows, vectorsPerImage } from './featureRows.js';

/** Samples in one view. */
export interface FeatureRequest {
  /** Names the samples, for messages: `cifar10-1-train`. */
  readonly name: string;
  readonly samples: Samples;
  readonly view: AugmentSpec;
  readonly random: boolean;
  /** How often each sample is drawn: 1 where the view is not random. */
  readonly draws: number;
  readonly signal?: AbortSignal | undefined;
}

/** How far the features of samples have come. */
export interface FeatureProgress {
  /** Of the samples: `cifar10-1-train`. */
  readonly name: string;
  readonly done: number;
  /** Images to pass: the samples, times the draws of a random view. */
  readonly total: number;
}

export interface FeatureLayout {
  /** Whether features of an image's places follow its own. */
  readonly places: boolean;
  readonly dtype: 'float16' | 'float32';
}

/**
 * Computes features of samples into an `.npy` file, one draw of all samples behind the other: [draws * samples, 1 + places,
 * width], or without places [draws * samples, width]. What was computed before an interruption is kept beside the file.
 *
 * @throws RangeError  where half precision cannot hold a feature; the signal's reason when aborted
 */
export async function computeFeatures(
  path: string,
  backbone: Backbone,
  { name, samples, view, random, draws, signal }: FeatureRequest,
  { places, dtype }: FeatureLayout,
  onProgress?: (progress: FeatureProgress) => void,
): Promise<void> {
  const total = draws * samples.length;
  const shape = places ? [total, vectorsPerImage(backbone), backbone.width] : [total, backbone.width];
  const writer = await NpyRowWriter.open(path, { dtype, shape });
  try {
    while (writer.rows < total) {
      const draw = Math.floor(writer.rows / samples.length);
      const from = writer.rows % samples.length;
      const rng = random ? new Rng('frozen features').fork(draw) : undefined;
      for await (const rows of featureRows(backbone, samples, { view, rng, places, from, signal })) {
        await writer.append(dtype === 'float16' ? toFloat16(rows, name) : rows);
        onProgress?.({ name, done: writer.rows, total });
      }
    }
  } catch (error) {
    await writer.close();
    throw error;
  }
  await writer.finish();
}

function toFloat16(values: Float32Array, name: string): Uint16Array {
  const halves = encodeFloat16(values);
  const wrong = halves.findIndex((half) => (half & 0x7c00) === 0x7c00);
  if (wrong < 0) return halves;
  throw new RangeError(
    `computeFeatures: ${name}: expected features of at most 65504, which half precision holds, but got ${values[wrong]}.`,
  );
}
