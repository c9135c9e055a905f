import type { Optimizer } from '../optim/optimizer.js';
import type { TrainingPosition } from '../optim/schedule.js';
import { tf } from '../tf.js';
import type { LossTerms } from './trainEvent.js';

type TermTensors = Readonly<Record<string, tf.Scalar>>;

/**
 * Takes one step down the gradient of the summed loss terms. All terms cross from the device in one read, before the
 * parameters change: a loss that is not finite leaves them as they were.
 *
 * @param lossTerms      the forward pass, run once
 * @param learningRates  one for each group of the optimiser
 * @returns the terms and their sum as `loss`
 * @throws Error naming the position and the term where one is NaN or infinite
 */
export async function trainStep(
  optimizer: Optimizer,
  lossTerms: () => TermTensors,
  learningRates: readonly number[],
  position: TrainingPosition,
): Promise<LossTerms> {
  const { names, values, gradients } = differentiate(optimizer, lossTerms);
  try {
    const terms = sumUp(names, await values.data<'float32'>());
    requireFinite(terms, position);
    optimizer.step(gradients, learningRates);
    return terms;
  } finally {
    tf.dispose([values, ...gradients.values()]);
  }
}

interface Differentiated {
  readonly names: readonly string[];
  /** The terms in the order of their names, [terms] */
  readonly values: tf.Tensor1D;
  readonly gradients: ReadonlyMap<string, tf.Tensor>;
}

function differentiate(optimizer: Optimizer, lossTerms: () => TermTensors): Differentiated {
  const parameters = optimizer.groups.flatMap((group) => [...group.parameters]);
  const forward: { names: string[]; values?: tf.Tensor1D } = { names: [] };
  try {
    const sum = () => {
      const terms = lossTerms();
      requireScalars(terms);
      forward.names = Object.keys(terms);
      forward.values = tf.keep(tf.stack(Object.values(terms)) as tf.Tensor1D); // [terms]
      return forward.values.sum<tf.Scalar>();
    };
    const variables = parameters.map(([, variable]) => variable);
    const grads = tf.tidy(() => tf.variableGrads(sum, variables).grads);
    const gradients = new Map<string, tf.Tensor>();
    for (const [name, variable] of parameters) {
      // A parameter that is frozen, or that the loss does not reach, has none.
      const gradient = grads[variable.name] as tf.Tensor | null | undefined;
      if (gradient) gradients.set(name, gradient);
    }
    return { names: forward.names, values: forward.values!, gradients };
  } catch (error) {
    forward.values?.dispose();
    throw error;
  }
}

function requireScalars(terms: TermTensors): void {
  const entries = Object.entries(terms);
  if (entries.length === 0) throw new Error('train: expected at least one loss term, but got none.');
  for (const [name, term] of entries) {
    if (name === 'loss') {
      throw new Error("train: expected loss terms by other names than 'loss', which is that of their sum.");
    }
    if (term.shape.length > 0) {
      throw new Error(`train: expected loss term '${name}' to be a scalar, but got shape [${term.shape}].`);
    }
  }
}

function sumUp(names: readonly string[], values: Float32Array): LossTerms {
  const terms = Object.fromEntries(names.map((name, i) => [name, values[i]!]));
  return { ...terms, loss: values.reduce((sum, value) => sum + value, 0) };
}

function requireFinite(terms: LossTerms, { epoch, step }: TrainingPosition): void {
  for (const [name, value] of Object.entries(terms)) {
    if (Number.isFinite(value)) continue;
    throw new Error(
      `train: expected loss term '${name}' to be finite at epoch ${epoch}, step ${step}, but got ${value}.`,
    );
  }
}
