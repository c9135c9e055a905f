/** What is counted of a data set, in the order of tables. */
export const COUNTS = ['classes', 'query', 'train', 'database'] as const;

/** `117,218`; nothing where nobody has said. */
export function formatCount(count: number | undefined): string {
  return count?.toLocaleString('en-US') ?? '';
}
