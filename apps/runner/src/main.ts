#!/usr/bin/env node
import { EXIT } from './errors.js';
import { runProgram } from './program.js';
import { processSurroundings } from './surroundings.js';

// A reader such as `head` may close its pipe before the program is done writing; the run goes on without it.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

// A sweep that was killed takes its runs with it. They can be gone on with; nobody would stop them otherwise.
process.on('disconnect', () => process.exit(EXIT.interrupted));
process.channel?.unref();

process.exitCode = await runProgram(process.argv.slice(2), processSurroundings());
