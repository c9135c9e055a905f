import { matchShapes } from '../nn/matchShapes.js';
import type { Optimizer } from './optimizer.js';

/** Several optimisers as one, each for its own parameters: where parts of a network follow different update rules. */
export function joinOptimizers(parts: readonly Optimizer[]): Optimizer {
  const groups = parts.flatMap((part) => part.groups);
  const names = groups.flatMap(({ parameters }) => [...parameters.keys()]);
  const repeated = names.find((name, i) => names.indexOf(name) !== i);
  if (repeated !== undefined) {
    throw new Error(`joinOptimizers: expected each parameter in one optimiser, but got ${repeated} in two.`);
  }
  const state = () => new Map(parts.flatMap((part) => [...part.state()]));
  return {
    groups,
    state,
    step: (gradients, learningRates) => {
      let from = 0;
      for (const part of parts) {
        const to = from + part.groups.length;
        part.step(gradients, learningRates.slice(from, to));
        from = to;
      }
    },
    load: (saved) => {
      matchShapes('joinOptimizers.load', state(), saved);
      for (const part of parts) {
        part.load(new Map([...part.state().keys()].map((name) => [name, saved.get(name)!])));
      }
    },
    dispose: () => parts.forEach((part) => part.dispose()),
  };
}
