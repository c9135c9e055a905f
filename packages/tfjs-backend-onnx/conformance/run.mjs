/**
 * Runs TensorFlow.js's own conformance tests, which ship in @tensorflow/tfjs-core, on this backend.
 *
 *     node --conditions=@hash/source --import tsx conformance/run.mjs [--only TEXT] [--backend cpu]
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { registerOnnxBackend } from '@hash/tfjs-backend-onnx';

const { values: options } = parseArgs({
  options: { only: { type: 'string', default: '' }, backend: { type: 'string' } },
});
const require = createRequire(import.meta.url);
const core = join(dirname(require.resolve('@tensorflow/tfjs-core/package.json')), 'dist');

const backendName = options.backend ?? registerOnnxBackend({ threads: 1 });
const jasmine = require('jasmine-core').boot(true);
const environment = jasmine.getEnv();
const isVerbose = options.only !== '';

const counts = { passed: 0, failed: 0, excluded: 0, pending: 0 };
environment.configure({ random: false, specFilter: (spec) => spec.getFullName().includes(options.only) });
environment.addReporter({
  specDone({ status, fullName, failedExpectations }) {
    counts[status] += 1;
    if (status !== 'failed') return;
    const [{ message, stack }] = failedExpectations;
    console.log(`FAILED ${fullName}\n    ${message.split('\n').slice(0, 4).join('\n    ')}`);
    if (isVerbose) console.log(stack.split('\n').slice(0, 12).join('\n'));
  },
  suiteDone({ failedExpectations, fullName }) {
    for (const { message } of failedExpectations) console.log(`FAILED in ${fullName}\n    ${message}`);
  },
});

// They come as ES modules in a package that Node takes for CommonJS; tsx's hook turns them.
const { setTestEnvs } = require(join(core, 'jasmine_util.js'));
setTestEnvs([{ name: backendName, backendName, isDataSync: true }]);
require(join(core, 'tests.js'));

const start = performance.now();
const { overallStatus } = await environment.execute();
const seconds = ((performance.now() - start) / 1000).toFixed(1);
const summary = Object.entries(counts)
  .map(([status, count]) => `${count} ${status}`)
  .join(', ');
console.log(`${overallStatus}: ${summary} in ${seconds} s on ${backendName}`);
if (overallStatus !== 'passed' || counts.passed === 0) process.exitCode = 1;
