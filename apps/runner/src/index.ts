export { createProgram, runProgram } from './program.js';
export { processSurroundings, type Output, type Surroundings } from './surroundings.js';
