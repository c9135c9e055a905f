import type { AugmentSpec } from '@hash/core';
import type { z } from 'zod';
import { augmentSchema, type CompleteOp } from './augmentSchema.js';

/**
 * Checks a pipeline's ops one by one and fills in their defaults.
 *
 * @param what  whose pipeline it is, for the message
 * @throws TypeError that names every op and key that is wrong, what was expected and what was found
 */
export function parseAugment(spec: AugmentSpec, what: string): CompleteOp[] {
  const parsed = augmentSchema.safeParse(spec);
  if (parsed.success) return parsed.data;
  const complaints = parsed.error.issues.map((issue) => describe(issue, spec));
  throw new TypeError(`compileAugment: ${what}: ${complaints.join('; ')}.`);
}

function describe(issue: z.core.$ZodIssue, spec: unknown): string {
  const [index, ...keys] = issue.path;
  if (index === undefined) return `expected ${issue.message}, but got ${print(spec)}`;
  const op = valueAt(spec, [index, 'op']);
  const place = `op ${String(index)}${typeof op === 'string' ? ` (${op})` : ''}`;
  if (issue.code === 'unrecognized_keys') {
    return `expected ${place} to have no key ${issue.keys.join(', ')}, but got ${print(valueAt(spec, issue.path))}`;
  }
  const key = keys.length > 0 ? `, ${keys.join('.')}` : '';
  return `expected ${place}${key} to be ${issue.message}, but got ${print(valueAt(spec, issue.path))}`;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key],
    value,
  );
}

function print(value: unknown): string {
  return typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
}
