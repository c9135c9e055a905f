import type { CommandNode, OptionNode } from './commandTree.js';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** A script that, read by the shell, completes the program's commands, options, choices and methods; else files. */
export function completionScript(shell: Shell, nodes: readonly CommandNode[]): string {
  if (shell === 'fish') return fishScript(nodes);
  return shell === 'zsh'
    ? `autoload -U +X bashcompinit && bashcompinit\n${bashScript(nodes)}`
    : bashScript(nodes);
}

/** Of the words before the cursor those that are commands name the node; its words and options are offered. */
function bashScript(nodes: readonly CommandNode[]): string {
  const paths = nodes.filter(({ path }) => path !== '').map(({ path }) => `'${path}'`);
  const valued = nodes.flatMap(({ path, options }) =>
    options.filter(({ takesValue }) => takesValue).map((option) => valueCase(path, option)),
  );
  const offers = nodes.map(({ path, words, options }) => {
    const all = [...words.map(({ word }) => word), ...options.map(({ flag }) => flag)];
    return `    '${path}') words='${all.join(' ')}' ;;`;
  });
  return `_hash_runner() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]} path='' words='' word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${path:+$path }$word" in
    ${paths.join(' | ')}) path="\${path:+$path }$word" ;;
    esac
  done
  COMPREPLY=()
  case "$path $prev" in
${[...new Set(valued)].join('\n')}
  esac
  case "$path" in
${offers.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _hash_runner hash-runner
`;
}

/** After an option with choices come these, after any other that takes a value files. */
function valueCase(path: string, { flag, choices }: OptionNode): string {
  const reply = choices.length === 0 ? '' : `COMPREPLY=($(compgen -W '${choices.join(' ')}' -- "$cur")); `;
  return `    '${path} ${flag}') ${reply}return ;;`;
}

function fishScript(nodes: readonly CommandNode[]): string {
  return nodes.map(fishLines).join('');
}

function fishLines({ path, words, options }: CommandNode): string {
  const seen = path.split(' ').filter(Boolean);
  const names = words.map(({ word }) => word).join(' ');
  const inside = seen.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ');
  const first =
    seen.length === 0 ? '__fish_use_subcommand' : `${inside}; and not __fish_seen_subcommand_from ${names}`;
  const line = (condition: string, rest: string) =>
    `complete -c hash-runner -n ${quoted(condition)} ${rest}\n`;
  return [
    ...words.map(({ word, description }) => line(first, `-f -a ${word} -d ${quoted(description)}`)),
    ...options.map(({ flag, description, takesValue, choices }) => {
      const values = choices.length > 0 ? ` -x -a ${quoted(choices.join(' '))}` : takesValue ? ' -r' : '';
      return line(
        inside || '__fish_use_subcommand',
        `-l ${flag.slice(2)}${values} -d ${quoted(description)}`,
      );
    }),
  ].join('');
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
