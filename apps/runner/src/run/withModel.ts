import { frozenBackbone } from '@hash/backbones';
import { disposeParameters, type Backbone, type Method, type Trainer } from '@hash/core';
import { UsageError } from '../errors.js';
import { buildTrainer } from './buildTrainer.js';
import { finishedBits } from './finishedBits.js';
import { makeBackbone } from './makeBackbone.js';
import type { Plan } from './plan.js';
import { runFiles } from './runFolder.js';

/** One of the models of a run. */
export interface ModelChoice {
  readonly plan: Plan;
  readonly method: Method<unknown>;
  /** Of the run. */
  readonly folder: string;
  readonly bits: number;
}

/** Lends a trained model and the backbone in it, for images. */
export async function withModel<Result>(
  { plan, method, folder, bits }: ModelChoice,
  use: (trainer: Trainer, backbone: Backbone) => Promise<Result>,
): Promise<Result> {
  const { frozen } = plan.backbone;
  // Unless it was frozen, the backbone's weights are in the model.
  const backbone = await makeBackbone(plan, frozen ? plan.backbone.weights : null);
  const trainer = await buildTrainer(plan, method, bits, frozen ? frozenBackbone(backbone) : backbone);
  try {
    await trainer.load(runFiles.bits(folder, bits));
    return await use(trainer, backbone);
  } finally {
    trainer.dispose();
    if (frozen) disposeParameters(backbone.parameters);
  }
}

/**
 * The bit length asked for, or the run's only one.
 *
 * @throws UsageError  where the run has several, or none as asked for
 */
export function oneLength(folder: string, plan: Plan, wanted?: number): number {
  if (wanted === undefined && plan.bits.length > 1)
    throw new UsageError(`The run has models of ${plan.bits.join(', ')} bits; name one by --bits.`);
  return finishedBits(folder, plan, wanted === undefined ? undefined : [wanted])[0]!;
}
