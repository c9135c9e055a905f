#!/usr/bin/env node
/**
 * Publishes all packages to a registry of its own on this machine, installs one of them alone as a user would, and runs
 * the snippet of its README: `node tools/release-rehearsal`. Packages must be built.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { markdownBlocks } from '../docs/markdownBlocks.mjs';
import { runInConsumers } from './consumers.js';
import { readTarball } from './readTarball.js';
import { startRegistry } from './registry.js';
import { tarballProblems } from './tarballProblems.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const ALONE = 'shc';

const started = performance.now();
const say = (line) =>
  console.log(`${((performance.now() - started) / 1000).toFixed(0).padStart(3)} s  ${line}`);
const folder = mkdtempSync(join(tmpdir(), 'release-rehearsal-'));
try {
  const packed = packAll(join(folder, 'tarballs'));
  checkTarballs(packed);
  say(`${packed.length} tarballs hold what they should and nothing else`);
  const registry = await startRegistry(folder);
  try {
    rehearse(
      registry.url,
      packed.map(({ name }) => name),
    );
  } finally {
    await registry.stop();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function rehearse(registry, packages) {
  const npmrc = join(folder, 'npmrc');
  // npm publishes only with a token, which this registry does not ask for.
  writeFileSync(npmrc, `registry=${registry}\n${registry.replace('http:', '')}:_authToken=none\n`);
  const env = { ...process.env, npm_config_userconfig: npmrc, npm_config_ignore_scripts: 'true' };
  const run = (program, args, cwd) => runQuietly(program, args, { cwd, env });
  const others = packages.filter((name) => name !== `@hash/${ALONE}`).map((name) => `--workspace=${name}`);
  run('npm', ['publish', ...others, `--registry=${registry}`], root);
  run('npx', ['nx', 'release', 'publish', `--projects=${ALONE}`, `--registry=${registry}`], root); // as documented
  say('published');
  const consumer = join(folder, 'consumer');
  mkdirSync(consumer);
  writeFileSync(join(consumer, 'package.json'), '{ "private": true }');
  run('npm', ['install', `@hash/${ALONE}`, '--prefer-offline', '--no-audit', '--no-fund'], consumer);
  say(`@hash/${ALONE} installed alone`);
  const readme = readFileSync(join(root, `packages/${ALONE}/README.md`), 'utf8');
  const snippet = markdownBlocks(readme).find(({ language }) => language === 'ts');
  const outcomes = runInConsumers(consumer, snippet.text);
  const [{ output }] = outcomes;
  for (const outcome of outcomes) {
    if (outcome.output !== output || output === '')
      throw new Error(`${outcome.consumer}: expected the output\n${output}\nbut got\n${outcome.output}`);
    say(`the snippet of its README runs: ${outcome.consumer}`);
  }
}

/** What it writes is shown only where it fails. */
function runQuietly(program, args, options) {
  const { status, stdout, stderr } = spawnSync(program, args, {
    ...options,
    encoding: 'utf8',
    maxBuffer: 2 ** 27,
  });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed:\n${stdout}${stderr}`);
}

function packAll(target) {
  mkdirSync(target);
  const args = ['pack', '--workspaces', '--json', '--ignore-scripts', '--pack-destination', target];
  const packed = JSON.parse(
    execFileSync('npm', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  );
  return packed
    .filter(({ name }) => name !== '@hash/tools')
    .map(({ name, filename }) => ({ name, tarball: join(target, filename) }));
}

function checkTarballs(packed) {
  const problems = packed.flatMap(({ name, tarball }) =>
    tarballProblems(readTarball(tarball)).map((problem) => `${name} ${problem}`),
  );
  if (problems.length > 0)
    throw new Error(
      `${problems.join('\n')}\nWhere these are left over from before: npm run clean, and build anew.`,
    );
}
