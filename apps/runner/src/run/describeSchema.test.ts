import { expect, it } from '@jest/globals';
import { z } from 'zod';
import { describeSchema } from './describeSchema.js';

it('describeSchema lists settings with their defaults, groups unfolded', () => {
  const schema = z.strictObject({
    epochs: z.int().default(10).describe('passes'),
    mode: z.enum(['a', 'b']).default('a').describe('how'),
    file: z.string().nullable(),
    crop: z.strictObject({ scale: z.tuple([z.number(), z.number()]).default([0.2, 1]) }).prefault({}),
  });
  expect(describeSchema(schema)).toEqual([
    { key: 'epochs', byDefault: '10', description: 'passes' },
    { key: 'mode', byDefault: '"a"', description: 'a or b: how' },
    { key: 'file', byDefault: '', description: '' },
    { key: 'crop.scale', byDefault: '[0.2,1]', description: '' },
  ]);
});
