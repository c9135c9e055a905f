import { call, type Code, flatten, TYPE_BYTES, type ValueType } from './instructions.js';
import { unsignedLeb128 } from './leb128.js';

/** A parameter or variable of a function. */
export interface Local {
  readonly get: Code;
  set(value: Code): Code;
}

/** The variables of a function under construction, numbered after its parameters as they are asked for. */
export class FunctionBody {
  readonly locals: ValueType[] = [];
  readonly #parameters: number;

  constructor(parameters: number) {
    this.#parameters = parameters;
  }

  local(type: ValueType): Local {
    return local(this.#parameters + this.locals.push(type) - 1);
  }
}

function local(position: number): Local {
  const index = unsignedLeb128(position);
  return { get: [0x20, index], set: (value) => [value, 0x21, index] };
}

/** A function with i32 parameters, and an i32 result or none. */
interface WasmFunction {
  readonly name: string;
  readonly parameters: number;
  readonly hasResult: boolean;
  readonly locals: readonly ValueType[];
  readonly code: Code;
}

/** Writes the statements of a function; the last one leaves the result, where there is one. */
type WriteBody = (body: FunctionBody, ...parameters: Local[]) => Code;

/** Code that calls a function of the module. */
export type Call = (...operands: readonly Code[]) => Code;

/** Pages of 64 KiB that 32-bit addresses reach: 4 GiB. */
export const MAX_PAGES = 65536;

/**
 * A module that imports a shared memory, `env.memory`, and exports its functions.
 *
 * @see https://webassembly.github.io/spec/core/binary/modules.html
 */
export class WasmModule {
  readonly #functions: WasmFunction[] = [];

  /** Adds a function, and returns how later ones call it. */
  define(name: string, parameters: number, result: 'i32' | 'nothing', write: WriteBody): Call {
    const body = new FunctionBody(parameters);
    const code = write(body, ...Array.from({ length: parameters }, (_, i) => local(i)));
    const hasResult = result === 'i32';
    const position = this.#functions.push({ name, parameters, hasResult, locals: body.locals, code }) - 1;
    return (...operands) => call(position, ...operands);
  }

  bytes(): Uint8Array<ArrayBuffer> {
    const functions = this.#functions;
    const memory = [text('env'), text('memory'), 0x02, 0x03, 0, unsignedLeb128(MAX_PAGES)];
    const code = [
      [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      section(1, functions.map(functionType)),
      section(2, [memory]),
      section(
        3,
        functions.map((_, i) => unsignedLeb128(i)),
      ),
      section(
        7,
        functions.map(({ name }, i) => [text(name), 0x00, unsignedLeb128(i)]),
      ),
      section(
        10,
        functions.map(({ locals, code }) => sized([vector(locals.map(oneLocal)), code, 0x0b])),
      ),
    ];
    return Uint8Array.from(flatten(code));
  }
}

function functionType({ parameters, hasResult }: WasmFunction): Code {
  const i32 = TYPE_BYTES.i32;
  return [0x60, vector(new Array<Code>(parameters).fill(i32)), vector(hasResult ? [i32] : [])];
}

function oneLocal(type: ValueType): Code {
  return [1, TYPE_BYTES[type]];
}

function section(id: number, items: readonly Code[]): Code {
  return [id, sized(vector(items))];
}

/** Code after its number of bytes. */
function sized(code: Code): Code {
  const bytes = flatten(code);
  return [unsignedLeb128(bytes.length), bytes];
}

/** Items after their number. */
function vector(items: readonly Code[]): Code {
  return [unsignedLeb128(items.length), items];
}

function text(characters: string): Code {
  return vector([...new TextEncoder().encode(characters)]);
}
