import type { Rng } from '@hash/core';
import type { Background } from './scene.js';

/** How much of the accent colour is at a point of the picture, 0 ... 1. */
export type Accent = (x: number, y: number) => number;

/** Cells along a side of the lattice that clouds are drawn from. */
const LATTICE = 8;

/** @param sharpness  pixels in a side of the picture: edges are as wide as one */
export function accentOf(background: Background, sharpness: number, rng: Rng): Accent {
  const { pattern, turn, period, phase } = background;
  const along: Accent = (x, y) => (x * turn.cos + y * turn.sin) / period + phase;
  const across: Accent = (x, y) => (y * turn.cos - x * turn.sin) / period + phase;
  const softness = 1 / (sharpness * period);
  switch (pattern) {
    case 'plain':
      return () => 0;
    case 'shaded':
      return (x, y) => clamp(0.5 + (x - 0.5) * turn.cos + (y - 0.5) * turn.sin);
    case 'striped':
      return (x, y) => step(wave(along(x, y)) - 0.5, 2 * softness);
    case 'checked':
      return (x, y) => {
        const a = step(wave(along(x, y)) - 0.5, 2 * softness);
        const b = step(wave(across(x, y)) - 0.5, 2 * softness);
        return a + b - 2 * a * b;
      };
    case 'dotted':
      return (x, y) => {
        const dx = fraction(along(x, y)) - 0.5;
        const dy = fraction(across(x, y)) - 0.5;
        return step(0.28 - Math.sqrt(dx * dx + dy * dy), softness);
      };
    case 'cloudy':
      return clouds(rng);
  }
}

/** Smooth between random values at the corners of a lattice. */
function clouds(rng: Rng): Accent {
  const values = Float64Array.from({ length: (LATTICE + 1) ** 2 }, () => rng.uniform());
  return (x, y) => {
    const column = Math.min(LATTICE - 1, Math.floor(x * LATTICE));
    const row = Math.min(LATTICE - 1, Math.floor(y * LATTICE));
    const u = ease(x * LATTICE - column);
    const v = ease(y * LATTICE - row);
    const at = row * (LATTICE + 1) + column;
    const top = values[at]! * (1 - u) + values[at + 1]! * u;
    const bottom = values[at + LATTICE + 1]! * (1 - u) + values[at + LATTICE + 2]! * u;
    return top * (1 - v) + bottom * v;
  };
}

/** 0 below 0 and 1 above, with a slope of the given width between them. */
function step(x: number, width: number): number {
  return clamp(0.5 + x / width);
}

/** A zigzag from 0 to 1 and back over each whole number. */
function wave(x: number): number {
  return Math.abs(2 * fraction(x) - 1);
}

function fraction(x: number): number {
  return x - Math.floor(x);
}

function ease(x: number): number {
  return x * x * (3 - 2 * x);
}

function clamp(x: number): number {
  return Math.min(1, Math.max(0, x));
}
