/**
 * Reads lines of `hash-runner` from standard input and writes what its commands have against them, without running any:
 * unknown commands and options, values that are no numbers. From sources: `node --import tsx --conditions=@hash/source`.
 */
import { text } from 'node:stream/consumers';
import { createProgram, processSurroundings } from '@hash/runner';

const lines = JSON.parse(await text(process.stdin));
const problems = [];
for (const { place, line } of lines) {
  const program = createProgram(processSurroundings());
  disarm(program);
  try {
    await program.parseAsync(words(line), { from: 'user' });
  } catch (error) {
    if (error.exitCode !== 0) problems.push(`${place}: hash-runner ${line}: ${error.message}`);
  }
}
console.log(JSON.stringify(problems));

function disarm(command) {
  command.configureOutput({ writeOut: () => {}, writeErr: () => {} });
  if (command.commands.length === 0) command.action(() => {});
  command.commands.forEach(disarm);
}

/** Words of a command up to a pipe or redirection; quotes hold blanks together. */
function words(line) {
  const parts = line.match(/'[^']*'|"[^"]*"|[^\s'"]+/g) ?? [];
  const end = parts.findIndex((part) => /^(\||>|>>|<|&&|;)$/.test(part));
  return (end === -1 ? parts : parts.slice(0, end)).map((part) => part.replace(/^(['"])(.*)\1$/, '$2'));
}
