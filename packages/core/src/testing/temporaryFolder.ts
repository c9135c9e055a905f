import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `beforeEach` of a test runner, or its like. */
type Hook = (work: () => void) => void;

export interface TemporaryFolder {
  /** @throws Error  where no test runs, and so no folder is there */
  readonly path: string;
  /** The path of what is in it. */
  readonly join: (...names: readonly string[]) => string;
}

/**
 * An empty folder for each test, or for all of them where the hooks are `beforeAll` and `afterAll`:
 *
 *     const folder = temporaryFolder(beforeEach, afterEach);
 *
 * It comes before the hooks that use the folder.
 */
export function temporaryFolder(before: Hook, after: Hook): TemporaryFolder {
  let made: string | undefined;
  const path = () => {
    if (made === undefined) throw new Error('temporaryFolder: expected a test to run, but none does.');
    return made;
  };
  before(() => {
    made = mkdtempSync(join(tmpdir(), 'hash-test-'));
  });
  after(() => {
    if (made !== undefined) rmSync(made, { recursive: true, force: true }); // a test may have removed it
    made = undefined;
  });
  return {
    get path() {
      return path();
    },
    join: (...names) => join(path(), ...names),
  };
}
