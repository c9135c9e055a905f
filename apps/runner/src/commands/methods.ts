import type { Method } from '@hash/core';
import type { Command } from 'commander';
import { METHODS } from '../methods.js';
import { describeSchema, type Setting } from '../run/describeSchema.js';
import { findMethod } from '../run/findMethod.js';
import type { Surroundings } from '../surroundings.js';
import { styleFor, type Style } from '../terminal/style.js';
import { formatTable, leftColumns } from '../terminal/table.js';
import { jsonOption } from './parseOptions.js';

const EXAMPLES = `
Examples:
  $ hash-runner methods                  all methods and their recipes
  $ hash-runner methods wch              and the settings that --set can change
  $ hash-runner methods ./my-method.js
  $ hash-runner methods --json
`;

export function addMethodsCommand(program: Command, { cwd, stdout, env }: Surroundings): void {
  program
    .command('methods')
    .summary('list the methods and their recipes')
    .description('Lists methods: their papers, the recipes to train them by and, of one, its settings.')
    .argument('[method]', 'name, path of a module, or package (default: all that come with the program)')
    .addOption(jsonOption())
    .addHelpText('after', EXAMPLES)
    .action(async (typed: string | undefined, { json }: { json?: true }) => {
      const methods = typed === undefined ? METHODS : [(await findMethod(typed, cwd)).method];
      if (json === true) stdout.write(`${JSON.stringify(methods.map(methodRecord), null, 2)}\n`);
      else stdout.write(methodTables(methods, typed !== undefined, styleFor(stdout, env)));
    });
}

function methodRecord({ name, paper, modalities, recipes, config }: Method<unknown>) {
  return { name, paper, modalities, recipes, settings: settingsOf(config) };
}

function methodTables(methods: readonly Method<unknown>[], withSettings: boolean, { bold }: Style): string {
  const tables = [
    formatTable(leftColumns('method', 'paper', 'venue', 'year', 'modalities'), methods.map(methodRow)),
    formatTable(leftColumns('method', 'recipe', 'description'), methods.flatMap(recipeRows)),
    ...(withSettings
      ? [formatTable(leftColumns('setting', 'default', 'description'), methods.flatMap(settingRows))]
      : []),
  ];
  return tables.map(([titles = '', ...rows]) => [bold(titles), ...rows, ''].join('\n')).join('\n');
}

function methodRow({ name, paper, modalities }: Method<unknown>): string[] {
  return [name, paper.title, paper.venue, String(paper.year), modalities.join(', ')];
}

function recipeRows({ name, recipes }: Method<unknown>): string[][] {
  return Object.entries(recipes).map(([recipe, { description }], i) => [
    i === 0 ? name : '',
    recipe,
    description,
  ]);
}

function settingRows({ config }: Method<unknown>): string[][] {
  return settingsOf(config).map(({ key, byDefault, description }) => [key, byDefault, description]);
}

/** What `--set` can change; the bit length has an option of its own. */
function settingsOf(config: Method<unknown>['config']): Setting[] {
  return describeSchema(config).filter(({ key }) => key !== 'bits');
}
