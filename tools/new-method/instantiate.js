import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, getFileInfo, resolveConfig } from 'prettier';
import { camelCase, pascalCase, snakeCase } from './cases.js';

const TEMPLATE = fileURLToPath(new URL('template/', import.meta.url));

/**
 * Writes the template's files with a method's names in place of its marks.
 *
 * @param {string} root  of the workspace
 * @param {string} name  of the method: `my-method`
 * @param {{ title: string, venue: string, year: string, url: string }} paper
 * @returns {Promise<string[]>} what was written, as seen from the root
 */
export async function instantiate(root, name, paper) {
  const marks = {
    ...{
      __name__: name,
      __camel__: camelCase(name),
      __Pascal__: pascalCase(name),
      __snake__: snakeCase(name),
    },
    ...{ __title__: paper.title, __venue__: paper.venue, __year__: paper.year, __url__: paper.url },
  };
  const folders = { package: `packages/${name}`, oracle: 'tools/oracles' };
  const written = [];
  for (const [part, target] of Object.entries(folders)) {
    for (const file of await filesBelow(join(TEMPLATE, part))) {
      const path = join(target, fill(file, marks));
      const text = fill(await readFile(join(TEMPLATE, part, file), 'utf8'), quotable(marks, path));
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), await formatted(text, join(root, path)));
      written.push(path);
    }
  }
  return written;
}

/** Names grow and shrink, so lines are broken anew; Python and the licence stay as they are. */
async function formatted(text, file) {
  const { inferredParser } = await getFileInfo(file);
  if (inferredParser === null) return text;
  return format(text, { ...(await resolveConfig(file)), filepath: file });
}

/** Marks stand in strings: of JSON in double quotes, of TypeScript in single ones. */
function quotable(marks, path) {
  const escape = path.endsWith('.json')
    ? (value) => JSON.stringify(value).slice(1, -1)
    : path.endsWith('.ts')
      ? (value) => value.replace(/[\\']/g, '\\$&')
      : (value) => value;
  return Object.fromEntries(Object.entries(marks).map(([mark, value]) => [mark, escape(value)]));
}

function fill(text, marks) {
  return text.replace(/__[A-Za-z]+__/g, (mark) => marks[mark] ?? mark);
}

async function filesBelow(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1))
    .sort();
}
