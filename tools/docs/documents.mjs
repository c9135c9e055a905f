import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { markdownBlocks } from './markdownBlocks.mjs';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Documents whose blocks tests of their own run. */
const RUN_ELSEWHERE = ['docs/add-your-method.md'];

/** Paths of the documents that users read. */
export function documents() {
  const readmes = ['packages', 'apps', 'datasets'].flatMap((room) =>
    readdirSync(join(root, room)).map((name) => `${room}/${name}/README.md`),
  );
  const pages = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
  return ['README.md', 'CONTRIBUTING.md', ...pages.map((name) => `docs/${name}`), ...readmes].filter(
    (path) => existsSync(join(root, path)) && !RUN_ELSEWHERE.includes(path),
  );
}

/** All fenced blocks of the documents, each with its place: `README.md:12`. */
export function documentBlocks() {
  return documents().flatMap((path) =>
    markdownBlocks(readFileSync(join(root, path), 'utf8')).map((block) => ({
      ...block,
      place: `${path}:${block.line}`,
    })),
  );
}

/** The commands of a block, without comments, continued lines in one; of a transcript those after `$ `. */
export function commandsIn({ language, text }) {
  const lines = text.replace(/\\\n\s*/g, '').split('\n');
  const typed =
    language === 'console'
      ? lines.filter((line) => line.startsWith('$ ')).map((line) => line.slice(2))
      : lines;
  return typed.map((line) => line.replace(/(^|\s)#.*$/, '').trim()).filter(Boolean);
}
