import { datasetNames, datasetOptions } from '@hash/datasets';
import { UsageError } from '../errors.js';
import { applySetting } from './applySetting.js';
import { describeIssue } from './describeIssues.js';
import type { JsonGroup } from './readValue.js';
import { didYouMean } from './suggest.js';

/** @throws UsageError  on a name that no data set has, with the near ones */
export function checkDatasetName(name: string): void {
  const names = datasetNames();
  if (names.includes(name)) return;
  throw new UsageError(`Unknown data set '${name}'.${didYouMean(name, names)} Known: ${names.join(', ')}.`);
}

/**
 * Options of a data set: its defaults, with some changed.
 *
 * @param set  `key=value`, in order
 * @throws UsageError  on an unknown name or key, or a value of another type
 */
export function datasetSettings(name: string, set: readonly string[]): JsonGroup {
  checkDatasetName(name);
  const schema = datasetOptions(name);
  return set.reduce(
    (options, setting) =>
      applySetting(options, setting, (changed, path) => {
        const issues = schema.safeParse(changed).error?.issues ?? [];
        const issue = issues.find((found) => path.every((key, i) => found.path[i] === key));
        return issue && `${describeIssue(issue)}.`;
      }),
    schema.parse({}) as JsonGroup,
  );
}
