import type { EngineName } from '@hash/core';
import type { Command } from 'commander';
import { diagnose, type Finding } from '../run/diagnose.js';
import { engineOfEnvironment } from '../run/prepareRun.js';
import { dataFolder, type Surroundings } from '../surroundings.js';
import { styleFor, type Style } from '../terminal/style.js';
import { backendOption, dataOption, jsonOption } from './parseOptions.js';

const EXAMPLES = `
Examples:
  $ hash-runner doctor
  $ hash-runner doctor --backend onnxruntime --data ~/data --json

Exit code 1 where something keeps every run from working.
`;

interface DoctorOptions {
  readonly data?: string;
  readonly backend?: EngineName | 'auto';
  readonly json?: true;
}

export function addDoctorCommand(program: Command, surroundings: Surroundings): void {
  program
    .command('doctor')
    .summary('check Node.js, engines, memory and data sets')
    .description('Checks what a run needs, and says how to mend what is missing.')
    .addOption(dataOption())
    .addOption(backendOption())
    .addOption(jsonOption())
    .addHelpText('after', EXAMPLES)
    .action(async ({ data, backend, json }: DoctorOptions) => {
      const { stdout, env } = surroundings;
      const wanted = backend ?? engineOfEnvironment(surroundings);
      const findings = await diagnose(dataFolder(surroundings, data), wanted);
      if (json === true) stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
      else stdout.write(`${findings.flatMap(findingLines(styleFor(stdout, env))).join('\n')}\n`);
      const problems = findings.filter(({ state }) => state === 'problem').length;
      if (problems > 0) throw new Error(`${problems} of these must be mended first.`);
    });
}

function findingLines({ green, yellow, red, dim }: Style): (finding: Finding) => string[] {
  const marks = { fine: green('✓'), note: yellow('–'), problem: red('✗') };
  return ({ topic, state, detail, mend }) => [
    `${marks[state]} ${topic}: ${detail}`,
    ...(mend === undefined ? [] : [dim(`  → ${mend}`)]),
  ];
}
