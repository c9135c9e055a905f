import { describe, expect, it } from '@jest/globals';
import { djsrhConfigSchema } from './config.js';
import { inferenceView, trainingView } from './views.js';

const preprocessing = {
  size: 224,
  interpolation: 'bilinear',
  mean: [0.5, 0.5, 0.5],
  std: [1, 1, 1],
} as const;
const { mean, std } = preprocessing;

describe('the views of DJSRH', () => {
  it("are the authors': flip, scale to 256, crop 224", () => {
    const config = djsrhConfigSchema.parse({});
    expect(trainingView(config, preprocessing)).toEqual([
      { op: 'randomHorizontalFlip', probability: 0.5 },
      { op: 'resize', size: 256, interpolation: 'bilinear' },
      { op: 'randomCrop', size: 224 },
      { op: 'normalize', mean, std },
    ]);
    expect(inferenceView(config, preprocessing)).toEqual([
      { op: 'resize', size: 256, interpolation: 'bilinear' },
      { op: 'centerCrop', size: 224 },
      { op: 'normalize', mean, std },
    ]);
  });

  it('leave nothing to chance where training is plain', () => {
    const config = djsrhConfigSchema.parse({ training: 'plain', margin: 1 });
    expect(trainingView(config, preprocessing)).toEqual(inferenceView(config, preprocessing));
    expect(inferenceView(config, preprocessing)[0]).toMatchObject({ op: 'resize', size: 224 });
  });
});
