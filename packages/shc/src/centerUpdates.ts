import { semanticLoss } from './centerStatistics.js';
import { cholesky } from './cholesky.js';
import { gramMatrix, type HashCenters } from './hashCenters.js';
import type { Similarity } from './similarity.js';
import { combineRows, rowProducts, sumOfOuterProducts } from './weightedRows.js';

/** `official` computes what the authors' program does, `paper` what the paper's equations say. */
export const CENTER_VARIANTS = ['official', 'paper'] as const;
export type CenterVariant = (typeof CENTER_VARIANTS)[number];

export interface CenterUpdatesOptions {
  /** Least distance that a change of a centre must leave. */
  readonly minDistance: number;
  readonly variant: CenterVariant;
  /** η: the gradient at which a bit flips. */
  readonly step: number;
  /** ρ: how hard centres and proxies are held together. */
  readonly proximity: number;
  /** μ: weight of the sum of inner products. */
  readonly separation: number;
  /** β: weight of the distance constraints. */
  readonly penalty: number;
  /** First value of the multipliers Λ. */
  readonly multiplier: number;
}

/** By which the authors' program divides the gradient of all that keeps centres apart. */
const OFFICIAL_DIVISOR = 10_000;

/**
 * The state of SHC's alternating updates, and the updates. With the centres hᵢ as columns of H they lower
 *
 *     ‖S − Hᵀ H / q‖² + μ Σᵢ≠ⱼ hᵢ·hⱼ   where hᵢ·hⱼ ≤ t = q − 2d
 *
 * by proxies M of H, slacks K ≥ 0 of the constraints, multipliers Λ of M = H and α of the constraints. A matrix with a
 * column for each class in the paper has a row for it here. M, K, Λ and α stay as they are while the centres move.
 *
 * Beside its divisor, the authors' program has `hᵢ (hⱼ·hⱼ)` for `hⱼ (hⱼ·hᵢ)`, and its α stay 0: they are integers.
 *
 * @see Chen et al., ACM TOIS 2025, eq. 22 to 38
 */
export class CenterUpdates {
  readonly classes: number;
  readonly bits: number;
  /** H, [classes, bits] */
  readonly centers: Float64Array;
  /** M, [classes, bits] */
  readonly proxies: Float64Array;
  /** K, [classes, classes] */
  readonly slacks: Float64Array;
  /** Λ, [classes, bits] */
  readonly multipliers: Float64Array;
  readonly #options: CenterUpdatesOptions;
  readonly #similarity: Similarity;
  /** Sᵀ, [classes, classes] */
  readonly #transposed: Float64Array;
  /** t */
  readonly #bound: number;
  /** α, [classes, classes] */
  readonly #constraints: Float64Array;
  /** Hᵀ H, [classes, classes] */
  readonly #gram: Float64Array;
  /** H Hᵀ, [bits, bits] */
  #scatter: Float64Array;
  /** M Mᵀ, [bits, bits] */
  #proxyScatter: Float64Array;
  /** M S, [classes, bits] */
  #targets: Float64Array;
  /** wᵢⱼ = 2 (μ − β (t − kᵢⱼ) − αᵢⱼ) and 0 for i = j, [classes, classes] */
  readonly #weights: Float64Array;
  /** Σⱼ wᵢⱼ hⱼ, [classes, bits] */
  #pushes: Float64Array;

  constructor(start: HashCenters, similarity: Similarity, options: CenterUpdatesOptions) {
    const { classes, bits, data } = start;
    this.classes = classes;
    this.bits = bits;
    this.centers = Float64Array.from(data);
    this.proxies = new Float64Array(classes * bits);
    this.slacks = new Float64Array(classes * classes);
    this.multipliers = new Float64Array(classes * bits).fill(options.multiplier);
    this.#options = options;
    this.#similarity = similarity;
    this.#transposed = transpose(similarity);
    this.#bound = bits - 2 * options.minDistance;
    this.#constraints = new Float64Array(classes * classes);
    this.#gram = gramMatrix(start);
    this.#weights = new Float64Array(classes * classes);
    this.#scatter = sumOfOuterProducts(this.centers, bits);
    this.#proxyScatter = new Float64Array(bits * bits);
    this.#targets = new Float64Array(classes * bits);
    this.#pushes = new Float64Array(classes * bits);
  }

  /** Sets proxies and slacks, and what follows from them for the rest of the cycle. */
  beginCycle(): void {
    const { bits, classes, proxies, centers } = this;
    this.#scatter = sumOfOuterProducts(centers, bits);
    this.#setProxies();
    this.#setSlacks();
    this.#proxyScatter = sumOfOuterProducts(proxies, bits);
    this.#targets = combineRows(this.#transposed, proxies, classes);
    this.#pushes = combineRows(this.#weights, centers, classes);
  }

  /** M = (2/q² H Hᵀ + ρ I)⁻¹ (2/q H S + Λ + ρ H) */
  #setProxies(): void {
    const { bits, classes, centers, proxies, multipliers } = this;
    const { proximity } = this.#options;
    const system = this.#scatter.map((sum) => (2 / bits ** 2) * sum); // [bits, bits]
    for (let k = 0; k < bits; k++) system[k * bits + k]! += proximity;
    const solve = cholesky(system, bits);
    proxies.set(combineRows(this.#transposed, centers, classes));
    for (let at = 0; at < proxies.length; at++) {
      proxies[at] = (2 / bits) * proxies[at]! + multipliers[at]! + proximity * centers[at]!;
    }
    for (let i = 0; i < classes; i++) solve(proxies.subarray(i * bits, (i + 1) * bits));
  }

  /** K = max(t − Hᵀ H + α/β, 0), and the weights that are made of it */
  #setSlacks(): void {
    const { classes, slacks } = this;
    const { separation, penalty } = this.#options;
    for (let at = 0; at < slacks.length; at++) {
      const constraint = this.#constraints[at]!;
      slacks[at] = Math.max(this.#bound - this.#gram[at]! + constraint / penalty, 0);
      this.#weights[at] = 2 * (separation - penalty * (this.#bound - slacks[at]!) - constraint);
    }
    for (let i = 0; i < classes; i++) this.#weights[i * classes + i] = 0;
  }

  /**
   * 2/q² M Mᵀ hᵢ − 2/q M sᵢ + λᵢ + ρ (hᵢ − mᵢ) + {@link constraintGradient}
   *
   * @returns the gradient by the centre of class i, [bits]
   */
  gradient(i: number): Float64Array {
    const { bits, proxies, multipliers } = this;
    const { proximity } = this.#options;
    const center = this.#center(i);
    const gradient = this.constraintGradient(i);
    const curvature = rowProducts(this.#proxyScatter, center); // [bits]
    for (let k = 0, at = i * bits; k < bits; k++, at++) {
      gradient[k]! +=
        (2 / bits ** 2) * curvature[k]! -
        (2 / bits) * this.#targets[at]! +
        multipliers[at]! +
        proximity * (center[k]! - proxies[at]!);
    }
    return gradient;
  }

  /**
   * The part of the gradient that keeps centres apart: with j ≠ i
   *
   *     2 μ Σ hⱼ − 2 Σ αᵢⱼ hⱼ − 2 β Σ (t − kᵢⱼ) hⱼ + 2 β Σ hⱼ (hⱼ·hᵢ)
   */
  constraintGradient(i: number): Float64Array {
    const { bits, classes } = this;
    const { variant, penalty } = this.#options;
    const center = this.#center(i);
    const gradient = this.#pushes.slice(i * bits, (i + 1) * bits);
    if (variant === 'official') {
      const slip = 2 * bits * penalty * (classes - 1);
      return gradient.map((push, k) => (push + slip * center[k]!) / OFFICIAL_DIVISOR);
    }
    const products = rowProducts(this.#scatter, center); // [bits]
    return gradient.map((push, k) => push + 2 * penalty * (products[k]! - bits * center[k]!));
  }

  /**
   * Flips the bits of a centre against its gradient, `h ← sign(h − g/η)`, unless that would bring it too near another.
   *
   * @returns whether the centre changed
   */
  update(i: number): boolean {
    const center = this.#center(i);
    const gradient = this.gradient(i);
    const flipped: number[] = [];
    for (let k = 0; k < this.bits; k++) {
      if (gradient[k]! * center[k]! > this.#options.step) flipped.push(k);
    }
    if (flipped.length === 0 || !this.#keepsDistance(i, flipped)) return false;
    for (const k of flipped) this.#flip(i, k);
    if (this.#options.variant === 'paper') this.#scatter = sumOfOuterProducts(this.centers, this.bits);
    return true;
  }

  #keepsDistance(i: number, flipped: readonly number[]): boolean {
    const { bits, classes, centers } = this;
    const center = this.#center(i);
    for (let j = 0; j < classes; j++) {
      if (j === i) continue;
      let product = this.#gram[i * classes + j]!;
      for (const k of flipped) product -= 2 * center[k]! * centers[j * bits + k]!;
      if (product > this.#bound) return false;
    }
    return true;
  }

  /** Flips bit k of class i, and what is made of the centres. */
  #flip(i: number, k: number): void {
    const { bits, classes, centers } = this;
    const change = -2 * centers[i * bits + k]!;
    centers[i * bits + k]! += change;
    for (let j = 0; j < classes; j++) {
      if (j === i) continue;
      const product = this.#gram[i * classes + j]! + change * centers[j * bits + k]!;
      this.#gram[i * classes + j] = this.#gram[j * classes + i] = product;
      this.#pushes[j * bits + k]! += change * this.#weights[j * classes + i]!;
    }
  }

  /** λᵢ ← λᵢ + ρ (hᵢ − mᵢ) and, in the paper, αᵢⱼ ← αᵢⱼ + β (t − hᵢ·hⱼ − kᵢⱼ). */
  raiseMultipliers(i: number): void {
    const { bits, classes, centers, proxies, multipliers, slacks } = this;
    const { variant, proximity, penalty } = this.#options;
    for (let at = i * bits; at < (i + 1) * bits; at++) {
      multipliers[at]! += proximity * (centers[at]! - proxies[at]!);
    }
    if (variant === 'official') return;
    for (let at = i * classes; at < (i + 1) * classes; at++) {
      this.#constraints[at]! += penalty * (this.#bound - this.#gram[at]! - slacks[at]!);
    }
  }

  /** Of the centres as they are. */
  loss(): number {
    return semanticLoss(this.#gram, this.bits, this.#similarity);
  }

  /** hᵢ, [bits] */
  #center(i: number): Float64Array {
    return this.centers.subarray(i * this.bits, (i + 1) * this.bits);
  }
}

function transpose({ classes, data }: Similarity): Float64Array {
  const turned = new Float64Array(classes * classes);
  for (let i = 0, at = 0; i < classes; i++) {
    for (let j = 0; j < classes; j++, at++) turned[j * classes + i] = data[at]!;
  }
  return turned;
}
