import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** Of this project, from anybody; all else from the registry that npm is set to. */
const configOf = (folder, upstream) => `
storage: ${join(folder, 'storage')}
uplinks: { upstream: { url: '${upstream}', cache: false } }
packages:
  '@hash/*': { access: $all, publish: $anonymous }
  '**': { access: $all, proxy: upstream }
log: { type: stdout, format: json, level: warn }
`;

/**
 * Starts an empty npm registry on the loopback interface.
 *
 * @param {string} folder  for its files
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startRegistry(folder) {
  const upstream = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim();
  const config = join(folder, 'verdaccio.yaml');
  const log = join(folder, 'verdaccio.log');
  writeFileSync(config, configOf(folder, upstream));
  const url = `http://127.0.0.1:${await freePort()}/`;
  const out = openSync(log, 'w');
  const main = join(
    dirname(createRequire(import.meta.url).resolve('verdaccio/package.json')),
    'bin/verdaccio',
  );
  const child = spawn(process.execPath, [main, '--config', config, '--listen', url], {
    stdio: ['ignore', out, out],
  });
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill();
    await ended;
  };
  for (let tries = 0; !(await answers(url)); tries++) {
    if (tries === 300 || child.exitCode !== null) {
      child.kill();
      throw new Error(`The registry did not start: ${readFileSync(log, 'utf8')}`);
    }
    await setTimeout(100);
  }
  return { url, stop };
}

async function answers(url) {
  return fetch(`${url}-/ping`).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
