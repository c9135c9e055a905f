import { PickleGlobal, PickleObject, type PickleMachine } from './pickleMachine.js';

export const STOP = 0x2e;

type Instruction = (machine: PickleMachine) => void;

/**
 * The instructions that files of weights are made of (protocols 2 to 4), by their codes. All others are refused: those
 * of the text protocol 0, those for bytes and sets.
 * @see https://github.com/python/cpython/blob/main/Lib/pickletools.py
 */
export const INSTRUCTIONS: ReadonlyMap<number, Instruction> = new Map<number, Instruction>([
  [0x80, ({ cursor }) => requireProtocol(cursor.uint8())], // PROTO
  [0x95, ({ cursor }) => cursor.skip(8)], // FRAME

  [0x4e, (machine) => machine.push(null)], // NONE
  [0x88, (machine) => machine.push(true)], // NEWTRUE
  [0x89, (machine) => machine.push(false)], // NEWFALSE
  [0x4b, (machine) => machine.push(machine.cursor.uint8())], // BININT1
  [0x4d, (machine) => machine.push(machine.cursor.uint16())], // BININT2
  [0x4a, (machine) => machine.push(machine.cursor.int32())], // BININT
  [0x8a, (machine) => machine.push(machine.cursor.integer(machine.cursor.uint8()))], // LONG1
  [0x47, (machine) => machine.push(machine.cursor.float64())], // BINFLOAT
  [0x58, (machine) => machine.push(machine.cursor.text(machine.cursor.uint32(), 'utf8'))], // BINUNICODE
  [0x8c, (machine) => machine.push(machine.cursor.text(machine.cursor.uint8(), 'utf8'))], // SHORT_BINUNICODE
  [0x54, (machine) => machine.push(machine.cursor.text(machine.cursor.uint32(), 'latin1'))], // BINSTRING
  [0x55, (machine) => machine.push(machine.cursor.text(machine.cursor.uint8(), 'latin1'))], // SHORT_BINSTRING

  [0x28, (machine) => machine.mark()], // MARK
  [0x29, (machine) => machine.push([])], // EMPTY_TUPLE
  [0x85, (machine) => machine.push(machine.take(1))], // TUPLE1
  [0x86, (machine) => machine.push(machine.take(2))], // TUPLE2
  [0x87, (machine) => machine.push(machine.take(3))], // TUPLE3
  [0x74, (machine) => machine.push(machine.takeMarked())], // TUPLE
  [0x5d, (machine) => machine.push([])], // EMPTY_LIST
  [0x61, (machine) => append(machine, machine.take(1))], // APPEND
  [0x65, (machine) => append(machine, machine.takeMarked())], // APPENDS
  [0x7d, (machine) => machine.push(new Map())], // EMPTY_DICT
  [0x73, (machine) => setItems(machine, machine.take(2))], // SETITEM
  [0x75, (machine) => setItems(machine, machine.takeMarked())], // SETITEMS

  [0x71, (machine) => machine.remember(machine.cursor.uint8())], // BINPUT
  [0x72, (machine) => machine.remember(machine.cursor.uint32())], // LONG_BINPUT
  [0x94, (machine) => machine.rememberNext()], // MEMOIZE
  [0x68, (machine) => machine.recall(machine.cursor.uint8())], // BINGET
  [0x6a, (machine) => machine.recall(machine.cursor.uint32())], // LONG_BINGET

  [0x63, (machine) => pushGlobal(machine, machine.cursor.line(), machine.cursor.line())], // GLOBAL
  [0x93, (machine) => pushGlobal(machine, ...(machine.take(2) as [unknown, unknown]))], // STACK_GLOBAL
  [0x51, (machine) => machine.push(machine.host.persistent(machine.pop()))], // BINPERSID
  [0x52, reduce], // REDUCE
  [0x81, makeObject], // NEWOBJ
  [0x62, build], // BUILD
]);

function requireProtocol(protocol: number): void {
  if (protocol < 2 || protocol > 4) throw new Error(`expected protocol 2, 3 or 4, but found ${protocol}`);
}

function append(machine: PickleMachine, values: readonly unknown[]): void {
  const list = machine.top();
  if (!Array.isArray(list)) throw new Error(`expected a list to append to, but found ${describe(list)}`);
  for (const value of values) list.push(value);
}

function setItems(machine: PickleMachine, pairs: readonly unknown[]): void {
  const dict = machine.top();
  if (!(dict instanceof Map)) throw new Error(`expected a dict to fill, but found ${describe(dict)}`);
  if (pairs.length % 2 !== 0) throw new Error(`expected keys and values in pairs, but found ${pairs.length}`);
  for (let i = 0; i < pairs.length; i += 2) dict.set(pairs[i], pairs[i + 1]);
}

function pushGlobal(machine: PickleMachine, module: unknown, name: unknown): void {
  if (typeof module !== 'string' || typeof name !== 'string')
    throw new Error(`expected the name of a global, but found ${describe(module)}, ${describe(name)}`);
  const known = machine.host.resolve(module, name);
  if (known === undefined) throw new Error(`refused: the pickle asks for ${describe(`${module}.${name}`)}`);
  machine.push(known);
}

/** Calls a function of the allow-list. */
function reduce(machine: PickleMachine): void {
  const [callable, args] = machine.take(2);
  if (!(callable instanceof PickleGlobal) || !callable.call || !Array.isArray(args))
    throw new Error(`refused: the pickle calls ${describe(callable)}`);
  machine.push(callable.call(args));
}

/** Makes an object of a class of the allow-list: attributes without a program. */
function makeObject(machine: PickleMachine): void {
  const [type, args] = machine.take(2);
  if (!(type instanceof PickleGlobal) || !type.isClass || !Array.isArray(args) || args.length > 0)
    throw new Error(`refused: the pickle makes an object of ${describe(type)}`);
  machine.push(new PickleObject());
}

/** Sets attributes of an object. Those of an OrderedDict, such as the versions of modules, say nothing of weights. */
function build(machine: PickleMachine): void {
  const state = machine.pop();
  const target = machine.top();
  if (target instanceof PickleObject && state instanceof Map) target.attributes = state;
  else if (!(target instanceof Map))
    throw new Error(`refused: the pickle sets attributes of ${describe(target)}`);
}

/** A value in a few characters, for errors. */
export function describe(value: unknown): string {
  if (value instanceof PickleGlobal) return value.name;
  if (value instanceof Map) return 'a dict';
  if (Array.isArray(value)) return 'a list or tuple';
  if (typeof value === 'string')
    return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}...` : value);
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
