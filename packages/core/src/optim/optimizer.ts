import type { tf } from '../tf.js';
import type { Schedule } from './schedule.js';

export type NamedParameters = ReadonlyMap<string, tf.Variable>;

/** Parameters that share their settings. */
export interface ParameterGroup {
  readonly parameters: NamedParameters;
  /** The base rate; a schedule may change what is used at each step. */
  readonly learningRate: number;
  /** Of these parameters alone, in place of the run's. */
  readonly schedule?: Schedule;
  readonly weightDecay?: number;
}

/** An update rule with its state. Names of parameters are unique over all groups. */
export interface Optimizer {
  readonly groups: readonly ParameterGroup[];
  /**
   * Updates the variables in place.
   * @param gradients      by parameter name; a parameter without one is left as it is, as in PyTorch
   * @param learningRates  one for each group, as the schedule has it at this step
   */
  step(gradients: ReadonlyMap<string, tf.Tensor>, learningRates: readonly number[]): void;
  /** What a checkpoint must hold beside the parameters, such as `m/head.kernel`. The caller must not dispose of it. */
  state(): ReadonlyMap<string, tf.Tensor>;
  /** Takes over the values (not the tensors) of an earlier `state`. */
  load(state: ReadonlyMap<string, tf.Tensor>): void;
  dispose(): void;
}
