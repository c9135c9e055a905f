import { spawnSync } from 'node:child_process';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from '@jest/globals';

const runSources = ['--conditions=@hash/source', '--import', 'tsx'];

/** Computes 1² + ... + 4² on the backend, several times so that the graph runs hot. */
const program = `
  const { registerOnnxBackend } = await import('@hash/tfjs-backend-onnx');
  const tf = await import('@tensorflow/tfjs');
  await tf.setBackend(registerOnnxBackend({ threads: 2 }));
  let sum;
  for (let i = 0; i < 8; i++) {
    const result = tf.tidy(() => tf.sum(tf.square(tf.range(1, 5))));
    [sum] = await result.data();
    result.dispose();
  }
`;

describe('a process that used the backend', () => {
  it('ends by itself', () => {
    const code = `(async () => { ${program} console.log(String(sum)); })();`;
    const { stdout, stderr, status } = spawnSync(process.execPath, [...runSources, '--eval', code], {
      encoding: 'utf8',
      timeout: 60_000,
    });
    expect({ stdout, stderr, status }).toEqual({ stdout: '30\n', stderr: '', status: 0 });
  }, 60_000);

  it('does not load the native library before it registers', () => {
    const code = `(async () => {
      await import('@hash/tfjs-backend-onnx');
      const loaded = process.report.getReport().sharedObjects.filter((name) => name.includes('onnxruntime'));
      console.log(String(loaded.length));
    })();`;
    const { stdout } = spawnSync(process.execPath, [...runSources, '--eval', code], { encoding: 'utf8' });
    expect(stdout).toBe('0\n');
  }, 60_000);
});

describe('a worker thread', () => {
  it('computes, beside another one', async () => {
    // `--import tsx` does nothing in a worker of Node 20.
    const code = `(async () => {
      const { register } = await import('tsx/esm/api');
      register();
      ${program}
      require('node:worker_threads').parentPort.postMessage(sum);
    })();`;
    const compute = (): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const worker = new Worker(code, { eval: true, execArgv: ['--conditions=@hash/source'] });
        let sum: unknown;
        worker.once('message', (message: unknown) => {
          sum = message;
        });
        worker.once('error', reject);
        worker.once('exit', () => resolve(sum));
      });
    expect(await Promise.all([compute(), compute()])).toEqual([30, 30]);
  }, 60_000);
});
