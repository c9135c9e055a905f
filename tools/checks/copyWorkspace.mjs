import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * A copy of the workspace in a temporary folder, to change and run things in: the files that git knows or would take,
 * and links to the installed packages, of which those of the workspace are the copy's own.
 */
export function copyWorkspace() {
  const copy = realpathSync(mkdtempSync(join(tmpdir(), 'workspace-')));
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  for (const file of files.split('\n').filter((path) => path !== '' && existsSync(join(root, path)))) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
  linkModules(copy);
  return copy;
}

function linkModules(copy) {
  const [installed, links] = [join(root, 'node_modules'), join(copy, 'node_modules')];
  mkdirSync(join(links, '@hash'), { recursive: true });
  for (const name of readdirSync(installed))
    if (name === '.bin' || !/^(@hash$|\.)/.test(name)) symlinkSync(join(installed, name), join(links, name));
  for (const room of ['packages', 'apps'])
    for (const name of readdirSync(join(copy, room))) linkPackage(copy, `${room}/${name}`);
}

/** What `npm install` does for a package of the workspace. */
export function linkPackage(copy, folder) {
  symlinkSync(join(copy, folder), join(copy, 'node_modules/@hash', folder.split('/')[1]));
  // What it has in another version than the rest.
  const own = `${folder}/node_modules`;
  if (existsSync(join(root, own))) symlinkSync(join(root, own), join(copy, own));
}
