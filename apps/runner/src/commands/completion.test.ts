import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { runLine } from '../runLine.testing.js';

/** What bash offers for a command line, whose last word is being typed. */
async function offered(...words: string[]): Promise<string[]> {
  const { stdout } = await runLine('/', 'completion bash');
  const line = words.map((word) => `'${word}'`).join(' ');
  const script = `${stdout}\nCOMP_WORDS=(hash-runner ${line}); COMP_CWORD=${words.length}; _hash_runner\nprintf '%s\\n' "\${COMPREPLY[@]}"`;
  const { status, stdout: offers, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  return offers.split('\n').filter(Boolean);
}

describe('completion', () => {
  it.each([
    [['tr'], ['train']],
    [['index', 'b'], ['build']],
    [['train', 'w'], ['wch']],
    [['train', 'wch', '--rec'], ['--recipe']],
    [
      ['train', '--select', ''],
      ['last', 'validation', 'queries'],
    ],
    [['train', '--run', ''], []],
    [['--verbose', 'train', '--res'], ['--resume']],
    [['completion', 'f'], ['fish']],
    [['weights', 'list', '--j'], ['--json']],
  ])('of bash, after %j, offers %j', async (words, offers) =>
    expect(await offered(...words)).toEqual(offers),
  );

  it('of zsh is that of bash behind its compatibility layer', async () => {
    const [zsh, bash] = [await runLine('/', 'completion zsh'), await runLine('/', 'completion bash')];
    expect(zsh.stdout).toBe(`autoload -U +X bashcompinit && bashcompinit\n${bash.stdout}`);
  });

  it('of fish names every command with what it does', async () => {
    const { stdout } = await runLine('/', 'completion fish');
    expect(stdout).toContain(
      "complete -c hash-runner -n '__fish_use_subcommand' -f -a train -d 'train a method, measure it, write a run folder'\n",
    );
    expect(stdout).toMatch(
      /-n '__fish_seen_subcommand_from index; and __fish_seen_subcommand_from build' -l out -r/,
    );
    expect(stdout).toMatch(
      /-n '__fish_seen_subcommand_from train' -l select -x -a 'last validation queries'/,
    );
  });

  it('refuses other shells', async () =>
    expect(await runLine('/', 'completion tcsh')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("value 'tcsh' is invalid for argument 'shell'") as unknown,
    }));
});
