#!/usr/bin/env node
/**
 * Makes the package of a new method, with a loss of its own that trains at once, and tells hash-runner of it:
 *
 *     node tools/new-method csq --title 'Central Similarity Quantization' --venue CVPR --year 2020 --url https://...
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { instantiate } from './instantiate.js';
import { register } from './register.js';

const USAGE =
  'Usage: node tools/new-method <name> [--title <paper>] [--venue <name>] [--year <number>] [--url <address>]';

const root = fileURLToPath(new URL('../../', import.meta.url));

try {
  const { name, paper } = readArguments();
  const folder = `packages/${name}`;
  if (existsSync(root + folder)) throw new Error(`${folder} exists already.`);
  const written = await instantiate(root, name, paper);
  const changed = await register(root, name);
  console.log(
    [...written.map((file) => `new      ${file}`), ...changed.map((file) => `changed  ${file}`)].join('\n'),
  );
  console.log(
    `\nNext:\n  npm install\n  npx nx test ${name}\n  npx nx run ${name}:train\nThen put your method into ${folder}/src.`,
  );
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exitCode = 2;
}

function readArguments() {
  const text = { type: 'string' };
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      title: { ...text, default: 'Title of the paper' },
      venue: { ...text, default: 'Venue' },
      year: { ...text, default: '2000' },
      url: { ...text, default: 'https://doi.org/' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
  const [name, ...others] = positionals;
  if (name === undefined || others.length > 0) throw new Error(`expected one name.\n${USAGE}`);
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
    throw new Error(
      `expected a name of small letters, digits and dashes, as in my-method, but got '${name}'.`,
    );
  if (!/^\d{4}$/.test(values.year))
    throw new Error(`--year: expected four digits, but got '${values.year}'.`);
  return { name, paper: values };
}
