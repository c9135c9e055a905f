import { posix } from 'node:path';

/** What every package has to ship. */
const NEEDED = [/^README\.md$/, /^LICENSE$/, /^package\.json$/, /^dist\/index\.js$/, /^dist\/index\.d\.ts$/];

/** What none may. */
const UNWANTED =
  /\.(test|testing)\.|\.tsbuildinfo$|^(out-tsc|coverage|fixtures|node_modules)\/|(^|\/)\.[^/]*$/;

/**
 * What is wrong with the content of a package's tarball.
 *
 * @param {ReadonlyMap<string, string>} files  text by path inside the package
 * @returns {string[]}
 */
export function tarballProblems(files) {
  const names = [...files.keys()];
  return [
    ...NEEDED.filter((wanted) => !names.some((name) => wanted.test(name))).map(
      (wanted) => `lacks ${wanted.source}`,
    ),
    ...names.filter((name) => UNWANTED.test(name)).map((name) => `ships ${name}`),
    ...names.filter((name) => name.endsWith('.map')).flatMap((name) => lostSources(name, files)),
    ...exportedFiles(files)
      .filter((name) => !files.has(name))
      .map((name) => `exports ${name}, which it does not ship`),
    ...names
      .filter((name) => /^dist\/.*(?<!\.d)\.js$/.test(name) && !files.has(name.replace(/js$/, 'd.ts')))
      .map((name) => `has no types of ${name}`),
  ];
}

function lostSources(map, files) {
  const { sources, sourceRoot = '' } = JSON.parse(files.get(map));
  return sources
    .map((source) => posix.normalize(posix.join(posix.dirname(map), sourceRoot, source)))
    .filter((source) => !files.has(source))
    .map((source) => `${map} leads to ${source}, which it does not ship`);
}

function exportedFiles(files) {
  const { exports = {}, bin = {}, main = [], types = [] } = JSON.parse(files.get('package.json') ?? '{}');
  return [exports, bin, main, types].flatMap(leaves).map((path) => posix.normalize(path));
}

function leaves(value) {
  return typeof value === 'string' ? [value] : Object.values(value).flatMap(leaves);
}
