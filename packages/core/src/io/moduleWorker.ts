import { Worker } from 'node:worker_threads';

/**
 * Starts a worker thread from a module of ours, named as imports name it: by the `.js` file that the build writes. When
 * this code itself runs from its TypeScript sources (tests, development), so does the worker, through tsx.
 *
 * @param url         `new URL('./fooWorker.js', import.meta.url)`
 * @param workerData  what the worker finds in `workerData` of `node:worker_threads`: copied, but shared memory is shared
 */
export function startModuleWorker(url: URL, workerData: unknown): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(url, { workerData });
  // `--import tsx` does nothing in a worker of Node 20: tsx must be registered by code that runs there.
  const tsx = import.meta.resolve('tsx/esm/api');
  const source = url.href.replace(/\.js$/, '.ts');
  const bootstrap = `import('${tsx}').then(({ register }) => register() && import('${source}'))`;
  return new Worker(bootstrap, { eval: true, workerData, execArgv: ['--conditions=@hash/source'] });
}
