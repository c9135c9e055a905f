#!/usr/bin/env node
import { runProgram } from './program.js';
import { processSurroundings } from './surroundings.js';

// A reader such as `head` may close its pipe before the program is done writing; the run goes on without it.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

process.exitCode = await runProgram(process.argv.slice(2), processSurroundings());
