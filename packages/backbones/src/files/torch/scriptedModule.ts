import { PickleObject } from './pickleMachine.js';
import { TorchTensor } from './torchTensor.js';

/** Far above any network: a small pickle can put one object into another so often that the names would never end. */
const MOST_ATTRIBUTES = 200_000;
const LONGEST_NAME = 500;

/**
 * The tensors of a module that `torch.jit.save` wrote, by the names that they have in its state dict: the attributes'
 * names on the way to them, joined by dots.
 *
 * @throws Error  where modules contain each other without end
 */
export function scriptedModule(module: PickleObject): Map<string, TorchTensor> {
  const tensors = new Map<string, TorchTensor>();
  const open: [prefix: string, object: PickleObject][] = [['', module]];
  let seen = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [prefix, { attributes }] = next;
    seen += attributes.size;
    if (seen > MOST_ATTRIBUTES)
      throw new Error(`expected at most ${MOST_ATTRIBUTES} attributes of all modules, but found more`);
    for (const [key, value] of attributes) {
      const name = prefix + String(key);
      if (name.length > LONGEST_NAME)
        throw new Error(`expected names of at most ${LONGEST_NAME} characters, but found longer ones`);
      if (value instanceof TorchTensor) tensors.set(name, value);
      else if (value instanceof PickleObject) open.push([`${name}.`, value]);
    }
  }
  return tensors;
}
