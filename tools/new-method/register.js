import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { camelCase } from './cases.js';

const RUNNER = 'apps/runner';

/**
 * Tells the workspace and hash-runner of a method's package.
 *
 * @param {string} root  of the workspace
 * @param {string} name  of the method
 * @returns {Promise<string[]>} the files that were changed, as seen from the root
 */
export async function register(root, name) {
  const edit = async (path, change) => {
    const file = join(root, path);
    const text = change(await readFile(file, 'utf8'));
    await writeFile(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
    return path;
  };
  return [
    await edit('tsconfig.json', addReference(`./packages/${name}`)),
    await edit(`${RUNNER}/tsconfig.lib.json`, addReference(`../../packages/${name}/tsconfig.lib.json`)),
    await edit(`${RUNNER}/package.json`, addDependency(`@hash/${name}`)),
    await edit(`${RUNNER}/src/methods.ts`, addMethod(name)),
  ];
}

const addReference = (path) => (text) => {
  const config = JSON.parse(text);
  const references = [...config.references, { path }];
  return JSON.stringify({ ...config, references }, null, 2);
};

const addDependency = (name) => (text) => {
  const manifest = JSON.parse(text);
  const sorted = Object.entries({ ...manifest.dependencies, [name]: '^0.1.0' }).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  return JSON.stringify({ ...manifest, dependencies: Object.fromEntries(sorted) }, null, 2);
};

/** Imports the method in `methods.ts`, and puts it into the list there. */
const addMethod = (name) => (text) => {
  const list = /(METHODS[^=]*=\s*\[)([^\]]*)\]/;
  if (!list.test(text))
    throw new Error(`${RUNNER}/src/methods.ts: expected a list METHODS = [...], but found none.`);
  const method = camelCase(name);
  const withMethod = text.replace(list, (_, start, items) => {
    const names = items
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean);
    return `${start}${[...names, method].sort().join(', ')}]`;
  });
  const imports = [...withMethod.matchAll(/^import .*;$/gm)].map(([line]) => line);
  const added = `import { ${method} } from '@hash/${name}';`;
  const next = imports.find((line) => moduleOf(line) > moduleOf(added));
  return next === undefined
    ? withMethod.replace(imports.at(-1), `${imports.at(-1)}\n${added}`)
    : withMethod.replace(next, `${added}\n${next}`);
};

function moduleOf(line) {
  return /from '(.*)'/.exec(line)[1];
}
