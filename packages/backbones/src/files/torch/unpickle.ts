import { PickleCursor } from './pickleCursor.js';
import { INSTRUCTIONS, STOP } from './pickleInstructions.js';
import { PickleMachine, type PickleHost } from './pickleMachine.js';

/**
 * Reads one pickle as data. Nothing is imported or run; what the host does not know is an error.
 *
 * Memory is bounded by the pickle's length: no instruction makes more than it is long, and nothing recurses.
 *
 * @param start  of the pickle in `bytes`
 * @param place  names the file in errors
 * @returns the value, with tuples and lists as arrays and dicts as maps, and the position after the pickle
 * @throws Error  that names the file, the byte, what was expected and what was found
 */
export function unpickle(
  bytes: Uint8Array,
  start: number,
  host: PickleHost,
  place: string,
): { readonly value: unknown; readonly end: number } {
  const cursor = new PickleCursor(bytes, start);
  const machine = new PickleMachine(cursor, host);
  for (;;) {
    const at = cursor.position;
    try {
      const code = cursor.uint8();
      if (code === STOP) return { value: machine.pop(), end: cursor.position };
      const instruction = INSTRUCTIONS.get(code);
      if (instruction === undefined)
        throw new Error(`refused: unknown instruction 0x${code.toString(16).padStart(2, '0')}`);
      instruction(machine);
    } catch (error) {
      throw new Error(`${place}: byte ${at}: ${(error as Error).message}.`, { cause: error });
    }
  }
}
