import type { Command } from 'commander';
import { METHODS } from '../methods.js';

/** What a shell has to know of a command to complete it. */
export interface CommandNode {
  /** Without the program's own name: `index build`; '' for the program. */
  readonly path: string;
  readonly summary: string;
  readonly options: readonly OptionNode[];
  /** Names that may follow: of subcommands, choices of arguments, or built-in methods. */
  readonly words: readonly WordNode[];
}

export interface OptionNode {
  /** `--recipe` */
  readonly flag: string;
  readonly description: string;
  readonly takesValue: boolean;
  /** Where only some values are allowed. */
  readonly choices: readonly string[];
}

export interface WordNode {
  readonly word: string;
  readonly description: string;
}

/** The program and all its commands. */
export function commandTree(command: Command, path = ''): CommandNode[] {
  const node: CommandNode = {
    path,
    summary: command.summary() || command.description(),
    options: [...command.options.flatMap(optionNode), { ...HELP }],
    words: [...command.commands.map(wordOf), ...argumentWords(command)],
  };
  return [node, ...command.commands.flatMap((sub) => commandTree(sub, `${path} ${sub.name()}`.trim()))];
}

const HELP: OptionNode = { flag: '--help', description: 'print help', takesValue: false, choices: [] };

function optionNode({
  long,
  description,
  required,
  optional,
  argChoices = [],
}: Command['options'][number]): OptionNode[] {
  return long == null
    ? []
    : [{ flag: long, description, takesValue: required || optional, choices: argChoices }];
}

function wordOf(command: Command): WordNode {
  return { word: command.name(), description: command.summary() || command.description() };
}

/** What the arguments may be: their choices, or methods. */
function argumentWords({ registeredArguments }: Command): WordNode[] {
  return registeredArguments.flatMap((argument) => {
    if (/^methods?$/.test(argument.name()))
      return METHODS.map(({ name, paper }) => ({ word: name, description: paper.title }));
    return (argument.argChoices ?? []).map((word) => ({ word, description: argument.description }));
  });
}
