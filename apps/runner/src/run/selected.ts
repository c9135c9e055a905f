import type { Plan } from './plan.js';

/** How the parameters that were measured were chosen. */
export const SELECTED: Readonly<Record<Plan['select'], string>> = {
  last: 'parameters of the last epoch',
  validation: 'parameters of the epoch that was best on a validation split of train',
  queries: 'selected on the queries: comparable with the paper, optimistic',
};
