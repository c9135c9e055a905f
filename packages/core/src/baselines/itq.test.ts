import { describe, expect, it } from '@jest/globals';
import { labelsFromClassIds } from '../codes/labelsFromClassIds.js';
import { packCodes } from '../codes/packCodes.js';
import { evaluateRetrieval } from '../metrics/evaluateRetrieval.js';
import { Rng } from '../random/rng.js';
import { featureMean } from './covariance.js';
import type { Features } from './features.js';
import { itq } from './itq.js';
import { oracle } from './itq.testing.js';
import { itqRotation } from './itqRotation.js';
import type { FeatureHasher } from './linearHasher.js';
import { lsh } from './lsh.js';
import { principalComponents } from './principalComponents.js';
import { dot, rowsOf } from './rows.js';

const features: Features = { count: 40, width: 7, data: Float64Array.from(oracle.features.flat()) };

function expectClose(actual: ArrayLike<number>, expected: readonly number[], tolerance = 1e-9): void {
  expect(actual).toHaveLength(expected.length);
  const gaps = expected.map((x, i) => Math.abs(actual[i]! - x));
  expect(Math.max(...gaps)).toBeLessThan(tolerance);
}

describe('principalComponents', () => {
  it.each([1, 2, 4])("are NumPy's eigenvectors: %i", (components) => {
    const { mean, directions, variances } = principalComponents(features, components, new Rng(1));
    expectClose(mean, oracle.mean, 1e-12);
    expectClose(variances, oracle.variances.slice(0, components));
    expectClose(directions, oracle.directions.slice(0, components).flat(), 1e-8);
  });

  it('takes features that do not vary in some directions, or in none', () => {
    const flat = { count: 3, width: 3, data: Float64Array.from([1, 5, 0, 2, 5, 0, 3, 5, 0]) };
    const { directions, variances } = principalComponents(flat, 3, new Rng(1));
    expectClose(variances, [2 / 3, 0, 0]);
    expectClose(directions.subarray(0, 3), [1, 0, 0]);
    const constant = principalComponents({ ...flat, data: new Float64Array(9).fill(4) }, 2, new Rng(1));
    expectClose(constant.variances, [0, 0]);
    expect(constant.directions.every(Number.isFinite)).toBe(true);
  });

  it('converges where the variances fall slowly', () => {
    const rng = new Rng('slow');
    const [count, width] = [300, 60];
    const data = Float32Array.from({ length: count * width }, (_, at) => rng.normal() * 0.97 ** (at % width));
    const [first, second] = ['a', 'b'].map(
      (seed) => principalComponents({ count, width, data }, 8, new Rng(seed)).directions,
    ) as [Float64Array, Float64Array];
    expectClose(first, [...second], 1e-6);
  });

  it('adds up items beyond one product, from wherever the search starts', () => {
    const rng = new Rng('items');
    const [count, width] = [5000, 9];
    const data = Float32Array.from(
      { length: count * width },
      (_, at) => rng.normal() * 0.7 ** (at % width) + 3,
    );
    const all = { count, width, data };
    const { mean, directions, variances } = principalComponents(all, 4, new Rng('a'));
    const items = rowsOf(Float64Array.from(data), width).map((item) => item.map((x, i) => x - mean[i]!));
    rowsOf(directions, width).forEach((direction, i) => {
      const variance = items.reduce((sum, item) => sum + dot(item, direction) ** 2, 0) / count;
      expect(variances[i]).toBeCloseTo(variance, 6);
    });
    expectClose(principalComponents(all, 4, new Rng('b')).directions, [...directions], 1e-9);
  });
});

describe('itqRotation', () => {
  it("has NumPy's rotation and errors", () => {
    const { projected, start, iterations, rotation, errors } = oracle;
    const data = Float64Array.from(projected.flat());
    const ours = itqRotation(data, Float64Array.from(start.flat()), 4, iterations);
    expectClose(ours.rotation, rotation.flat());
    expectClose(ours.errors, errors);
  });
});

/** Items around a few centres, in numbers that are all positive, as those of a ReLU. */
function clusters(): { features: Features; ids: number[] } {
  const rng = new Rng('clusters');
  const [count, width, classes] = [300, 32, 6];
  const centres = Array.from({ length: classes }, () =>
    Array.from({ length: width }, () => rng.normal(4, 1)),
  );
  const ids = Array.from({ length: count }, (_, i) => i % classes);
  const data = Float32Array.from({ length: count * width }, (_, at) =>
    rng.normal(centres[ids[Math.floor(at / width)]!]![at % width], 1.2),
  );
  return { features: { count, width, data }, ids };
}

function meanAveragePrecision(hasher: FeatureHasher): number {
  const { features: items, ids } = clusters();
  const codes = hasher.encode(items);
  const labels = labelsFromClassIds(ids, 6);
  const metrics = evaluateRetrieval({
    ...{ queryCodes: codes, queryLabels: labels, databaseCodes: codes, databaseLabels: labels },
    mapAt: ['all'],
  });
  return metrics[0]!.value;
}

describe('itq', () => {
  it('makes codes of the signs of projected, turned features', () => {
    const hasher = itq(features, 4, { rng: new Rng(3), iterations: 12 });
    const { errors } = hasher;
    expect(errors).toHaveLength(13);
    errors.slice(1).forEach((error, i) => expect(error).toBeLessThanOrEqual(errors[i]! + 1e-12));
    expect(errors.at(-1)).toBeLessThan(errors[0]! - 0.5);
    expect(hasher.encode(features)).toMatchObject({ count: 40, bits: 4 });
  });

  it('is the same for the same seed, and where numbers are float32', () => {
    const codes = (seed: number, data = features.data) =>
      itq(features, 4, { rng: new Rng(seed) }).encode({ ...features, data });
    expect(codes(3)).toEqual(codes(3));
    expect(codes(3, Float32Array.from(features.data))).toEqual(codes(3));
  });

  it('finds clusters better than random planes do', () => {
    const { features: items } = clusters();
    const [bits, width] = [12, items.width];
    const learned = meanAveragePrecision(itq(items, bits, { rng: new Rng(1) }));
    const origin = featureMean(items);
    const random = meanAveragePrecision(lsh({ width, bits, origin, rng: new Rng(1) }));
    expect(random).toBeGreaterThan(0.25);
    expect(learned).toBeGreaterThan(random + 0.2);
  });

  it.each([
    [{ ...features, count: 39 }, 4, 'itq: expected 273 numbers for 39 items of width 7, but got 280.'],
    [features, 8, 'itq: expected at most 7 bits for features of width 7, but got 8.'],
    [features, 0, 'itq: expected bits to be an integer from 1 to 1024, but got 0.'],
    [{ ...features, count: 0, data: new Float32Array(0) }, 4, 'itq: expected at least one item, but got 0.'],
    [
      { count: 2, width: 2, data: Float32Array.from([1, 2, NaN, 4]) },
      2,
      'itq: expected finite features, but got NaN at [1, 0].',
    ],
  ])('refuses what it cannot use: %#', (wrong, bits, message) => {
    expect(() => itq(wrong, bits, { rng: new Rng(1) })).toThrow(message);
  });

  it('refuses to encode features of another width', () => {
    const hasher = itq(features, 4, { rng: new Rng(1) });
    expect(() => hasher.encode({ count: 1, width: 3, data: new Float32Array(3) })).toThrow(
      'itq.encode: expected features of width 7, but got width 3.',
    );
  });
});

describe('lsh', () => {
  it('makes a bit for each side of a random plane', () => {
    const width = 3;
    const hasher = lsh({ width, bits: 2, rng: new Rng(9) });
    const rng = new Rng(9);
    const normals = Array.from({ length: 6 }, () => rng.normal());
    const data = Float64Array.from([1, 0, 0, 0, 1, 0, 0, 0, -1]);
    const values = [normals[0]!, normals[1]!, normals[2]!, normals[3]!, -normals[4]!, -normals[5]!];
    expect(hasher.encode({ count: 3, width, data })).toEqual(packCodes(values, 3, 2));
  });

  it('differs in as many bits as the angle says', () => {
    const hasher = lsh({ width: 2, bits: 1024, rng: new Rng(1) });
    const angle = Math.PI / 3;
    const data = Float64Array.from([1, 0, Math.cos(angle), Math.sin(angle)]);
    const codes = hasher.encode({ count: 2, width: 2, data }).data;
    const differing = codes.subarray(0, 128).reduce((sum, byte, i) => {
      return sum + (byte ^ codes[128 + i]!).toString(2).replaceAll('0', '').length;
    }, 0);
    // A binomial of 1024 and 1/3 has the deviation 15.1.
    expect(Math.abs(differing - 1024 / 3)).toBeLessThan(4 * 15.1);
  });

  it('turns around its origin', () => {
    const origin = Float64Array.from([5, -2]);
    const data = Float64Array.from([6, 3]);
    const codes = lsh({ width: 2, bits: 16, rng: new Rng(2), origin }).encode({ count: 1, width: 2, data });
    const moved = Float64Array.from([1, 5]);
    expect(codes).toEqual(lsh({ width: 2, bits: 16, rng: new Rng(2) }).encode({ count: 1, width: 2, data: moved })); // prettier-ignore
  });

  it('encodes more items than a block holds', () => {
    const hasher = lsh({ width: 1, bits: 3, rng: new Rng(2) });
    const data = Float64Array.from({ length: 9000 }, (_, i) => (i % 2 === 0 ? 1 : -1));
    const codes = hasher.encode({ count: 9000, width: 1, data }).data;
    expect(codes[8998]).toBe(codes[0]);
    expect(codes[8999]).toBe(codes[1]);
    expect(codes[0]! ^ codes[1]!).toBe(0b111);
  });

  it.each([
    [
      () => lsh({ width: 2, bits: 1025, rng: new Rng(1) }),
      'lsh: expected bits to be an integer from 1 to 1024, but got 1025.',
    ],
    [
      () => lsh({ width: 2, bits: 4, rng: new Rng(1), origin: new Float64Array(3) }),
      'lsh: expected an origin of 2 numbers, but got 3.',
    ],
    [
      () =>
        lsh({ width: 2, bits: 4, rng: new Rng(1) }).encode({ count: 1, width: 2, data: new Float32Array(3) }),
      'lsh.encode: expected 2 numbers for 1 items of width 2, but got 3.',
    ],
  ])('refuses what it cannot use: %#', (work, message) => {
    expect(work).toThrow(message);
  });
});
