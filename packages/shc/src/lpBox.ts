import { cholesky } from './cholesky.js';
import { addWeightedRows, rowProducts, sumOfOuterProducts } from './weightedRows.js';

/** γ, by which the duals move: the golden ratio (authors' code). */
const DUAL_STEP = (1 + Math.sqrt(5)) / 2;

/** How far ‖z₂‖² may be from q for a point to count as one of the sphere (authors' code). */
const SPHERE_TOLERANCE = 1e-3;

export interface Duals {
  /** Of the box, [bits] */
  readonly y1: Float64Array;
  /** Of the sphere, [bits] */
  readonly y2: Float64Array;
  /** Of the distances, [count] */
  readonly y3: Float64Array;
}

/**
 * One class's word by ADMM over an Lp-box: minimises c·x, c the mean of the other words, where x is in the box [−1, 1]^q,
 * on the sphere ‖x‖² = q, and B x ≤ t. A word is where box and sphere meet.
 *
 * @see Wu & Ghanem, Lp-box ADMM, TPAMI 2019; Wang et al., Deep Hashing with Minimal-Distance-Separated Hash Centers,
 *      CVPR 2023
 */
export class LpBox {
  readonly x: Float64Array;
  /** In the box. */
  readonly z1: Float64Array;
  /** On the sphere. */
  readonly z2: Float64Array;
  /** Slacks of the distances, at least 0. */
  readonly z3: Float64Array;
  readonly duals: Duals;
  /** B */
  readonly #others: Float64Array;
  /** t */
  readonly #bound: number;
  /** c */
  readonly #mean: Float64Array;
  /** Solves (2 I + Bᵀ B) x = b. */
  readonly #solve: (b: Float64Array) => void;

  /**
   * @param word    to begin at, [bits]
   * @param others  the words B to keep away from, [count, bits]
   * @param bound   t, the largest inner product allowed
   * @param duals   first values; changed in place
   */
  constructor(word: Float64Array, others: Float64Array, bound: number, duals: Duals) {
    const bits = word.length;
    const count = others.length / bits;
    this.x = word.slice();
    this.z1 = word.slice();
    this.z2 = word.slice();
    this.z3 = rowProducts(others, word).map((product) => bound - product);
    this.duals = duals;
    this.#others = others;
    this.#bound = bound;
    this.#mean = new Float64Array(bits);
    addWeightedRows(this.#mean, new Float64Array(count).fill(1 / count), others);
    this.#solve = cholesky(systemOf(others, bits), bits);
  }

  /**
   * One step of x, z and the duals.
   *
   * @param rho  ρ, the penalty
   * @returns whether z was where it should be before it was put there
   */
  step(rho: number): boolean {
    const { x, z1, z2, z3, duals } = this;
    const { y1, y2, y3 } = duals;
    const bits = x.length;
    this.#minimise(rho);
    const products = rowProducts(this.#others, x); // [count]
    let squared = 0;
    let slack = Infinity;
    for (let k = 0; k < bits; k++) {
      z1[k] = x[k]! + y1[k]! / rho;
      z2[k] = x[k]! + y2[k]! / rho;
      squared += z2[k]! * z2[k]!;
    }
    for (let j = 0; j < z3.length; j++) {
      z3[j] = this.#bound - products[j]! - y3[j]! / rho;
      slack = Math.min(slack, z3[j]!);
    }
    const inRange = slack >= 0 && Math.abs(squared - bits) <= SPHERE_TOLERANCE;
    if (!inRange) this.#project(Math.sqrt(bits / squared));
    this.#raiseDuals(DUAL_STEP * rho, products);
    return inRange;
  }

  #raiseDuals(rate: number, products: Float64Array): void {
    const { x, z1, z2, z3, duals } = this;
    const { y1, y2, y3 } = duals;
    for (let k = 0; k < x.length; k++) {
      y1[k]! += rate * (x[k]! - z1[k]!);
      y2[k]! += rate * (x[k]! - z2[k]!);
    }
    for (let j = 0; j < z3.length; j++) y3[j]! += rate * (products[j]! + z3[j]! - this.#bound);
  }

  /** The largest violation of x = z₁, x = z₂ and B x + z₃ = t. */
  residual(): number {
    const { x, z1, z2, z3 } = this;
    const products = rowProducts(this.#others, x); // [count]
    let largest = 0;
    for (let k = 0; k < x.length; k++) {
      largest = Math.max(largest, Math.abs(x[k]! - z1[k]!), Math.abs(x[k]! - z2[k]!));
    }
    for (let j = 0; j < z3.length; j++) {
      largest = Math.max(largest, Math.abs(products[j]! + z3[j]! - this.#bound));
    }
    return largest;
  }

  /** x = (2 I + BᵀB)⁻¹ (z₁ + z₂ + Bᵀ(t − z₃) − (y₁ + y₂ + Bᵀ y₃ + c) / ρ) */
  #minimise(rho: number): void {
    const { x, z1, z2, z3, duals } = this;
    const { y1, y2, y3 } = duals;
    for (let k = 0; k < x.length; k++) {
      x[k] = z1[k]! + z2[k]! - (y1[k]! + y2[k]! + this.#mean[k]!) / rho;
    }
    const weights = new Float64Array(z3.length);
    for (let j = 0; j < z3.length; j++) weights[j] = this.#bound - z3[j]! - y3[j]! / rho;
    addWeightedRows(x, weights, this.#others);
    this.#solve(x);
  }

  #project(scale: number): void {
    const { z1, z2, z3 } = this;
    for (let k = 0; k < z1.length; k++) {
      z1[k] = Math.min(Math.max(z1[k]!, -1), 1);
      z2[k]! *= scale;
    }
    for (let j = 0; j < z3.length; j++) z3[j] = Math.max(z3[j]!, 0);
  }
}

/** 2 I + Bᵀ B, [bits, bits] */
function systemOf(rows: Float64Array, bits: number): Float64Array {
  const system = sumOfOuterProducts(rows, bits);
  for (let k = 0; k < bits; k++) system[k * bits + k]! += 2;
  return system;
}
