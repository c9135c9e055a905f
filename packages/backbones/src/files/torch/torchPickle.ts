import type { ElementType } from '@hash/core/files';
import { PickleGlobal, type PickleHost } from './pickleMachine.js';
import { describe } from './pickleInstructions.js';
import { TorchStorage, TorchTensor } from './torchTensor.js';

/** The classes of storages, and the elements that they hold. */
const STORAGES: Readonly<Record<string, ElementType>> = {
  BoolStorage: 'bool',
  ByteStorage: 'uint8',
  CharStorage: 'int8',
  ShortStorage: 'int16',
  IntStorage: 'int32',
  LongStorage: 'int64',
  HalfStorage: 'float16',
  BFloat16Storage: 'bfloat16',
  FloatStorage: 'float32',
  DoubleStorage: 'float64',
};

/** All functions that the pickle of a state dict or a scripted module calls. Further arguments, of gradients and hooks, are left out. */
const FUNCTIONS: Readonly<Record<string, (args: readonly unknown[]) => unknown>> = {
  'collections OrderedDict': orderedDict,
  'torch Size': ([sizes]) => sizes,
  'torch._utils _rebuild_tensor': (args) => new TorchTensor(args[0], args[1], args[2], args[3]),
  'torch._utils _rebuild_tensor_v2': (args) => new TorchTensor(args[0], args[1], args[2], args[3]),
  'torch._utils _rebuild_parameter': ([tensor]) => tensor,
  // Attributes of scripted modules that are typed lists.
  'torch.jit._pickle build_boollist': ([list]) => list,
  'torch.jit._pickle build_doublelist': ([list]) => list,
  'torch.jit._pickle build_intlist': ([list]) => list,
  'torch.jit._pickle build_tensorlist': ([list]) => list,
  'torch.jit._pickle restore_type_tag': ([value]) => value,
};

/** The classes of scripted modules: `__torch__.multimodal.model.Clip`. */
const SCRIPTED = /^__torch__(\.|$)/;

/** The allow-list of PyTorch's weight files; it keeps the storages that they mention. */
export class TorchPickle implements PickleHost {
  readonly storages = new Map<string, TorchStorage>();

  resolve(module: string, name: string): PickleGlobal | undefined {
    const path = `${module} ${name}`;
    if (Object.hasOwn(FUNCTIONS, path)) return new PickleGlobal(path, { call: FUNCTIONS[path]! });
    if (SCRIPTED.test(module)) return new PickleGlobal(path, { isClass: true });
    return module === 'torch' && Object.hasOwn(STORAGES, name) ? new PickleGlobal(path) : undefined;
  }

  /** @param id  ('storage', class, key, device, length) and, in legacy files, the part of another storage that it is */
  persistent(id: unknown): TorchStorage {
    const [kind, type, key, , length, view] = Array.isArray(id) ? (id as unknown[]) : [];
    const dtype = type instanceof PickleGlobal ? STORAGES[type.name.slice('torch '.length)] : undefined;
    if (kind !== 'storage' || dtype === undefined || typeof key !== 'string' || !isLength(length))
      throw new Error(`expected the description of a storage, but found ${describe(id)}`);
    if ((view ?? null) !== null)
      throw new Error(`expected a storage of its own, but found a part of another`);
    const known = this.storages.get(key);
    if (known && (known.dtype !== dtype || known.length !== length))
      throw new Error(
        `expected storage ${key} to be ${known.length} ${known.dtype}, but found ${length} ${dtype}`,
      );
    const storage = known ?? new TorchStorage(key, dtype, length);
    this.storages.set(key, storage);
    return storage;
  }
}

function orderedDict([pairs = []]: readonly unknown[]): ReadonlyMap<unknown, unknown> {
  if (!Array.isArray(pairs) || !pairs.every((pair) => Array.isArray(pair) && pair.length === 2))
    throw new Error(`expected pairs for an OrderedDict, but found ${describe(pairs)}`);
  return new Map(pairs as [unknown, unknown][]);
}

function isLength(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
