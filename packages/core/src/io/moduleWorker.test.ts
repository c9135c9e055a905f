import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Rng } from '../random/rng.js';
import { temporaryFolder } from '../testing/temporaryFolder.js';
import { startModuleWorker } from './moduleWorker.js';

const folder = temporaryFolder(beforeAll, afterAll);
beforeAll(() => {
  write('package.json', '{ "type": "module" }');
});

function write(path: string, text: string): void {
  mkdirSync(dirname(folder.join(path)), { recursive: true });
  writeFileSync(folder.join(path), text);
}

/** Writes the source of a worker and returns its URL as a caller would write it. */
function workerFile(name: string, source: string): URL {
  write(`${name}.ts`, source);
  return pathToFileURL(folder.join(`${name}.js`));
}

describe('startModuleWorker', () => {
  it('runs a TypeScript source that imports other sources, and shares memory', async () => {
    const rngModule = new URL('../random/rng.js', import.meta.url).href;
    const url = workerFile(
      'draw',
      `import { parentPort, workerData } from 'node:worker_threads';
       import { Rng } from '${rngModule}';
       const { seed, shared }: { seed: number; shared: SharedArrayBuffer } = workerData;
       new Uint32Array(shared)[0] = new Rng(seed).uint32();
       parentPort!.postMessage('done');`,
    );
    const shared = new SharedArrayBuffer(4);
    await expect(once(startModuleWorker(url, { seed: 5, shared }), 'message')).resolves.toEqual(['done']);
    expect(new Uint32Array(shared)[0]).toBe(new Rng(5).uint32());
  });

  it('takes the sources of other packages of the workspace', async () => {
    write(
      'node_modules/twofold/package.json',
      '{ "exports": { "@hash/source": "./a.ts", "default": "./b.js" } }',
    );
    write('node_modules/twofold/a.ts', `export const origin: string = 'source';`);
    write('node_modules/twofold/b.js', `exports.origin = 'build';`);
    const url = workerFile(
      'conditions',
      `import { parentPort } from 'node:worker_threads';
       import { origin } from 'twofold';
       parentPort!.postMessage(origin);`,
    );
    await expect(once(startModuleWorker(url, null), 'message')).resolves.toEqual(['source']);
  });

  it('passes on what the worker throws', async () => {
    const url = workerFile('fail', `throw new Error('no such table' as string);`);
    const [error] = (await once(startModuleWorker(url, null), 'error')) as [Error];
    expect(error.message).toBe('no such table');
  });
});
