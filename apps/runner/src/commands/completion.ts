import { Argument, type Command } from 'commander';
import { commandTree } from '../completion/commandTree.js';
import { completionScript, SHELLS, type Shell } from '../completion/completionScript.js';
import type { Surroundings } from '../surroundings.js';

const EXAMPLES = `
Examples:
  $ hash-runner completion bash >> ~/.bashrc
  $ hash-runner completion zsh >> ~/.zshrc
  $ hash-runner completion fish > ~/.config/fish/completions/hash-runner.fish
`;

export function addCompletionCommand(program: Command, { stdout }: Surroundings): void {
  program
    .command('completion')
    .summary('print a script that completes commands in a shell')
    .description('Prints a script by which a shell completes commands, options, their values and methods.')
    .addArgument(new Argument('<shell>').choices(SHELLS))
    .addHelpText('after', EXAMPLES)
    .action((shell: Shell) => void stdout.write(completionScript(shell, commandTree(program))));
}
