import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** All that a schema has against a value, in one line: `bits.0: Too small: expected number to be >=1`. */
export function describeIssues(error: z.ZodError): string {
  return error.issues.map((issue) => `${where(issue)}${describeIssue(issue)}`).join('; ');
}

/** Of a choice between schemas zod says only that none fits; this says what each expects. */
export function describeIssue(issue: Issue): string {
  if (issue.code !== 'invalid_union') return issue.message;
  const expectations = issue.errors.flatMap(([first]) => (first === undefined ? [] : [describeIssue(first)]));
  return expectations.join(', or ');
}

function where({ path }: Issue): string {
  return path.length === 0 ? '' : `${path.join('.')}: `;
}
