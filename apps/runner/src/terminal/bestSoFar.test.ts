import { describe, expect, it } from '@jest/globals';
import { BestSoFar } from './bestSoFar.js';

describe('BestSoFar', () => {
  it('says the best of each metric by itself, and its epoch', () => {
    const best = new BestSoFar();
    const metrics = (...values: number[]) =>
      values.map((value, i) => ({
        name: `${['image→text', 'text→image'][i]} mAP@all`,
        definition: 'hits',
        value,
      }));
    expect(best.describe(metrics(0.5, 0.25), 0)).toBe(
      'image→text mAP@all (hits) 0.5000  text→image mAP@all (hits) 0.2500',
    );
    expect(best.describe(metrics(0.4, 0.75), 1)).toBe(
      'image→text mAP@all (hits) 0.4000 (best 0.5000, epoch 1)  text→image mAP@all (hits) 0.7500',
    );
    expect(best.describe(metrics(0.6, 0.75), 2)).toBe(
      'image→text mAP@all (hits) 0.6000  text→image mAP@all (hits) 0.7500 (best 0.7500, epoch 2)',
    );
  });
});
