import { matchShapes } from '../nn/matchShapes.js';
import { tf } from '../tf.js';
import type { Optimizer, ParameterGroup } from './optimizer.js';

/** One parameter at one step, as an update rule sees it. */
export interface Update<Slot extends string> {
  readonly parameter: tf.Variable;
  readonly gradient: tf.Tensor;
  /** What the rule keeps for this parameter: zeros at first. */
  readonly slots: Readonly<Record<Slot, tf.Variable>>;
  /** Updates of this parameter, this one included. */
  readonly step: number;
  readonly learningRate: number;
  readonly weightDecay: number;
}

/** The equations of an optimiser. Everything else about it is {@link RuleOptimizer}. */
export interface UpdateRule<Slot extends string> {
  /** Starts error messages. */
  readonly name: string;
  /** Tensors of the parameter's shape to keep. */
  readonly slots: readonly Slot[];
  /** Assigns to the parameter and its slots; runs in a tidy of its own. */
  update(update: Update<Slot>): void;
}

interface Entry<Slot extends string> {
  readonly parameter: tf.Variable;
  readonly slots: Readonly<Record<Slot, tf.Variable>>;
  step: number;
  /** The step as `state` last saved it; the number is what counts, as reading a tensor stalls an engine. */
  readonly savedStep: tf.Variable;
}

/** Applies a rule to each parameter that has a gradient. Its state is `<slot>/<parameter>` and `step/<parameter>`. */
export class RuleOptimizer<Slot extends string> implements Optimizer {
  readonly groups: readonly ParameterGroup[];
  readonly #rule: UpdateRule<Slot>;
  readonly #entries = new Map<string, Entry<Slot>>();

  constructor(rule: UpdateRule<Slot>, groups: readonly ParameterGroup[]) {
    this.#rule = rule;
    this.groups = groups;
    const names = groups.flatMap(({ parameters }) => [...parameters.keys()]);
    const repeated = names.find((name, i) => names.indexOf(name) !== i);
    if (repeated !== undefined) {
      throw new Error(`${rule.name}: expected each parameter in one group, but got ${repeated} in two.`);
    }
    for (const { parameters } of groups) {
      for (const [name, parameter] of parameters) this.#entries.set(name, this.#makeEntry(parameter));
    }
  }

  step(gradients: ReadonlyMap<string, tf.Tensor>, learningRates: readonly number[]): void {
    const { name: rule } = this.#rule;
    if (learningRates.length !== this.groups.length) {
      const expected = `expected a learning rate for each of ${this.groups.length} groups`;
      throw new Error(`${rule}.step: ${expected}, but got ${learningRates.length}.`);
    }
    this.#checkShapes(gradients);
    this.groups.forEach(({ parameters, weightDecay = 0 }, i) => {
      for (const name of parameters.keys()) {
        const gradient = gradients.get(name);
        const entry = this.#entries.get(name)!;
        if (!gradient) continue;
        entry.step++;
        tf.tidy(() =>
          this.#rule.update({ ...entry, gradient, weightDecay, learningRate: learningRates[i]! }),
        );
      }
    });
  }

  state(): ReadonlyMap<string, tf.Tensor> {
    const tensors = new Map<string, tf.Tensor>();
    for (const [name, { slots, step, savedStep }] of this.#entries) {
      for (const slot of this.#rule.slots) tensors.set(`${slot}/${name}`, slots[slot]);
      tf.tidy(() => savedStep.assign(tf.scalar(step)));
      tensors.set(`step/${name}`, savedStep);
    }
    return tensors;
  }

  load(state: ReadonlyMap<string, tf.Tensor>): void {
    matchShapes(`${this.#rule.name}.load`, this.state(), state);
    for (const [name, entry] of this.#entries) {
      for (const slot of this.#rule.slots) entry.slots[slot].assign(state.get(`${slot}/${name}`)!);
      entry.step = state.get(`step/${name}`)!.dataSync()[0]!;
    }
  }

  dispose(): void {
    for (const { slots, savedStep } of this.#entries.values()) {
      tf.dispose([savedStep, ...Object.values<tf.Variable>(slots)]);
    }
  }

  #makeEntry(parameter: tf.Variable): Entry<Slot> {
    return tf.tidy(() => {
      const slots = this.#rule.slots.map((slot) => [slot, tf.variable(tf.zerosLike(parameter), false)]);
      const savedStep = tf.variable(tf.scalar(0), false);
      return { parameter, slots: Object.fromEntries(slots) as Record<Slot, tf.Variable>, step: 0, savedStep };
    });
  }

  /** A gradient of another shape could broadcast and go unnoticed. */
  #checkShapes(gradients: ReadonlyMap<string, tf.Tensor>): void {
    for (const [name, { shape }] of gradients) {
      const expected = this.#entries.get(name)?.parameter.shape;
      if (expected && expected.join() !== shape.join()) {
        const found = `but got [${shape.join(', ')}]`;
        throw new Error(
          `${this.#rule.name}.step: ${name}: expected a gradient of shape [${expected.join(', ')}], ${found}.`,
        );
      }
    }
  }
}
