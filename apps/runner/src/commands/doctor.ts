import { resolve } from 'node:path';
import type { Command } from 'commander';
import { diagnose, fallbackFinding, type Finding } from '../run/diagnose.js';
import { settleEngine, type EngineRequest } from '../run/engine.js';
import type { Surroundings } from '../surroundings.js';
import { styleFor, type Style } from '../terminal/style.js';
import { backendOption, deviceOption, dataOption, jsonOption } from './parseOptions.js';

const EXAMPLES = `
Examples:
  $ hash-runner doctor
  $ hash-runner doctor --backend onnxruntime --data ~/data --json
  $ hash-runner doctor --run runs/20261121-081530-wch-shapes

Exit code 1 where something keeps every run from working.
`;

interface DoctorOptions extends EngineRequest {
  readonly data?: string;
  readonly run?: string;
  readonly json?: true;
}

export function addDoctorCommand(program: Command, surroundings: Surroundings): void {
  program
    .command('doctor')
    .summary('check Node.js, engines, memory, caches, data and weights')
    .description('Checks what a run needs, and says how to mend what is missing.')
    .addOption(dataOption())
    .addOption(backendOption())
    .addOption(deviceOption())
    .addOption(jsonOption())
    .addHelpText('after', EXAMPLES)
    .option('--run <folder>', 'also list what the engine of this run left to JavaScript')
    .action(async ({ data, run, json, ...engine }: DoctorOptions) => {
      const { stdout, env, cwd } = surroundings;
      const findings = await diagnose(surroundings, data, settleEngine(surroundings, engine));
      if (run !== undefined) findings.push(await fallbackFinding(resolve(cwd, run)));
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
