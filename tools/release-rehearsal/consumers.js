import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const TSC = fileURLToPath(new URL('../../node_modules/.bin/tsc', import.meta.url));

/** Ways in which a project can be set up that uses a package. */
const CONSUMERS = {
  'ES modules': { type: 'module', emit: { module: ts.ModuleKind.ESNext } },
  CommonJS: { type: 'commonjs', emit: { module: ts.ModuleKind.CommonJS } },
  'TypeScript, nodenext': { type: 'module', check: { module: 'nodenext', moduleResolution: 'nodenext' } },
  'TypeScript, CommonJS': { type: 'commonjs', check: { module: 'nodenext', moduleResolution: 'nodenext' } },
  'TypeScript, bundler': { type: 'module', check: { module: 'esnext', moduleResolution: 'bundler' } },
};

/**
 * Runs a snippet in a project of each kind, where the compiler has a say, after it has agreed.
 *
 * @param {string} folder   where packages are installed
 * @param {string} snippet  in TypeScript
 * @returns {{ consumer: string, output: string }[]}
 */
export function runInConsumers(folder, snippet) {
  return Object.entries(CONSUMERS).map(([consumer, { type, emit, check }], i) => {
    const project = join(folder, `project-${i}`);
    mkdirSync(project);
    writeFileSync(join(project, 'package.json'), JSON.stringify({ type }));
    if (emit !== undefined) writeFileSync(join(project, 'snippet.js'), transpiled(snippet, emit));
    else compile(project, snippet, check);
    return {
      consumer,
      output: run(process.execPath, ['--disable-warning=ExperimentalWarning', 'snippet.js'], project),
    };
  });
}

function transpiled(snippet, { module }) {
  return ts.transpileModule(snippet, { compilerOptions: { module, target: ts.ScriptTarget.ES2022 } })
    .outputText;
}

function compile(project, snippet, options) {
  const compilerOptions = {
    ...options,
    target: 'es2022',
    lib: ['es2023', 'dom'],
    types: [],
    strict: true,
    skipLibCheck: true,
  };
  writeFileSync(join(project, 'snippet.ts'), snippet);
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['snippet.ts'] }));
  run(TSC, ['--project', '.'], project);
}

function run(program, args, cwd) {
  try {
    return execFileSync(program, args, {
      cwd,
      encoding: 'utf8',
      stdio: 'pipe',
      env: { ...process.env, NODE_OPTIONS: '' },
    });
  } catch (error) {
    throw new Error(`${program} ${args.join(' ')} failed in ${cwd}:\n${error.stdout}${error.stderr}`, {
      cause: error,
    });
  }
}
