import { Command, CommanderError } from 'commander';
import { addBaselineCommand } from './commands/baseline.js';
import { addCentersCommand } from './commands/centers.js';
import { addDataCommand } from './commands/data/dataCommand.js';
import { addCompletionCommand } from './commands/completion.js';
import { addDoctorCommand } from './commands/doctor.js';
import { addEncodeCommand } from './commands/encode.js';
import { addEvaluateCommand } from './commands/evaluate.js';
import { addExportCommand } from './commands/export.js';
import { addIndexCommand } from './commands/indexCodes.js';
import { addMethodsCommand } from './commands/methods.js';
import { addReportCommand } from './commands/report.js';
import { addSweepCommand } from './commands/sweep.js';
import { addTrainCommand } from './commands/train.js';
import { addWeightsCommand } from './commands/weights.js';
import { describeError, EXIT, exitCodeOf } from './errors.js';
import { packageVersion } from './run/versions.js';
import type { Surroundings } from './surroundings.js';
import { styleFor } from './terminal/style.js';

/** The program with all its commands; it throws instead of ending the process. */
export function createProgram(surroundings: Surroundings): Command {
  const { stdout, stderr, env } = surroundings;
  const program = new Command('hash-runner')
    .description('Trains, measures and applies deep hashing methods for retrieval.')
    .version(packageVersion('@hash/runner'), '-v, --version', 'print the version')
    .option('--verbose', 'show where an error comes from (also: HASH_DEBUG=1)')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help on a command')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true, styleTitle: styleFor(stdout, env).bold })
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error:/, styleFor(stderr, env).red('error:'))),
    })
    .addHelpText('after', '\nExit codes: 0 fine, 1 failed, 2 wrong usage, 130 interrupted.');
  addTrainCommand(program, surroundings);
  addSweepCommand(program, surroundings);
  addEvaluateCommand(program, surroundings);
  addReportCommand(program, surroundings);
  addEncodeCommand(program, surroundings);
  addExportCommand(program, surroundings);
  addBaselineCommand(program, surroundings);
  addIndexCommand(program, surroundings);
  addCentersCommand(program, surroundings);
  addMethodsCommand(program, surroundings);
  addDataCommand(program, surroundings);
  addWeightsCommand(program, surroundings);
  addDoctorCommand(program, surroundings);
  addCompletionCommand(program, surroundings);
  for (const command of withSubcommands(program))
    command.showHelpAfterError(`Type ${pathOf(command)} --help for help.`);
  return program;
}

/**
 * Runs a command line; errors go to `stderr`.
 *
 * @param args  without the program's own name
 * @returns the exit code
 */
export async function runProgram(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const program = createProgram(surroundings);
  try {
    await program.parseAsync(args, { from: 'user' });
    return EXIT.fine;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.wrongUsage;
    const { stderr, env } = surroundings;
    const verbose = program.opts<{ verbose?: true }>().verbose === true || (env['HASH_DEBUG'] ?? '') !== '';
    const interrupted = exitCodeOf(error) === EXIT.interrupted;
    stderr.write(`${interrupted ? '' : styleFor(stderr, env).red('error: ')}${describeError(error)}\n`);
    if (verbose && error instanceof Error) stderr.write(`${describeOrigin(error)}\n`);
    return exitCodeOf(error);
  }
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

/** `hash-runner train` */
function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

/** The stack of an error and of those that caused it. */
function describeOrigin(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by: ${describeOrigin(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}
