import { PickleObject } from './pickleMachine.js';
import { scriptedModule } from './scriptedModule.js';
import { TorchTensor } from './torchTensor.js';

/** Under which training programs keep the parameters, beside the epoch and the optimiser. */
const WRAPPERS = ['state_dict', 'model'];

/** What `DataParallel` puts before each name. */
const PARALLEL = 'module.';

/**
 * The named tensors of what `torch.save` was given: a state dict, or a checkpoint that has one; or of the module that
 * `torch.jit.save` was given.
 *
 * @throws Error  where there are none
 */
export function stateDict(value: unknown, place: string): ReadonlyMap<string, TorchTensor> {
  const tensors = namedTensors(value, place);
  if (tensors.size === 0) {
    throw new Error(
      `${place}: expected a dict of tensors, or one under ${WRAPPERS.join(' or ')}, but found none.`,
    );
  }
  const parallel = [...tensors.keys()].every((name) => name.startsWith(PARALLEL));
  if (!parallel) return tensors;
  return new Map(Array.from(tensors, ([name, tensor]) => [name.slice(PARALLEL.length), tensor]));
}

function namedTensors(value: unknown, place: string): ReadonlyMap<string, TorchTensor> {
  if (value instanceof PickleObject) {
    try {
      return scriptedModule(value);
    } catch (error) {
      throw new Error(`${place}: ${(error as Error).message}.`, { cause: error });
    }
  }
  const wrapper = WRAPPERS.find((name) => value instanceof Map && value.get(name) instanceof Map);
  const dict: unknown = wrapper === undefined ? value : (value as Map<unknown, unknown>).get(wrapper);
  const entries = dict instanceof Map ? [...(dict as Map<unknown, unknown>)] : [];
  return new Map(
    entries.filter(
      (entry): entry is [string, TorchTensor] =>
        typeof entry[0] === 'string' && entry[1] instanceof TorchTensor,
    ),
  );
}
