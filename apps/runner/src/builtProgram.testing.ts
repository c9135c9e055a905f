import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of the program as its users have it. nx builds it before the tests: the sources take twice as long to start. */
const BUILT = new URL('../dist/', import.meta.url);

/** A file of the built program, as `main.js`. */
export function builtFile(name: string): URL {
  const file = new URL(name, BUILT);
  if (!existsSync(file)) throw new Error(`${fileURLToPath(file)} is missing: npx nx build runner makes it.`);
  return file;
}

/** A process of the program, less its arguments. */
export const builtCommand = (): [string, string] => [process.execPath, fileURLToPath(builtFile('main.js'))];
