import { TorchTensor } from './torchTensor.js';

/** Under which training programs keep the parameters, beside the epoch and the optimiser. */
const WRAPPERS = ['state_dict', 'model'];

/** What `DataParallel` puts before each name. */
const PARALLEL = 'module.';

/**
 * The named tensors of what `torch.save` was given: a state dict, or a checkpoint that has one.
 * @throws Error  where there are none
 */
export function stateDict(value: unknown, place: string): ReadonlyMap<string, TorchTensor> {
  const wrapper = WRAPPERS.find((name) => value instanceof Map && value.get(name) instanceof Map);
  const dict: unknown = wrapper === undefined ? value : (value as Map<unknown, unknown>).get(wrapper);
  const entries = dict instanceof Map ? [...(dict as Map<unknown, unknown>)] : [];
  const tensors = entries.filter(
    (entry): entry is [string, TorchTensor] =>
      typeof entry[0] === 'string' && entry[1] instanceof TorchTensor,
  );
  if (tensors.length === 0) {
    throw new Error(
      `${place}: expected a dict of tensors, or one under ${WRAPPERS.join(' or ')}, but found none.`,
    );
  }
  const parallel = tensors.every(([name]) => name.startsWith(PARALLEL));
  return new Map(tensors.map(([name, tensor]) => [parallel ? name.slice(PARALLEL.length) : name, tensor]));
}
