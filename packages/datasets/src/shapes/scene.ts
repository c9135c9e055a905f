import type { Rgb, Rng } from '@hash/core';
import { REACH, SHAPE_NAMES, type ShapeName } from './outline.js';
import { COLOR_NAMES, luma, mix, PALETTE, type ColorName } from './palette.js';
import type { ShapesOptions } from './shapesOptions.js';

/** What is in a picture; lengths are shares of its side. */
export interface Scene {
  readonly background: Background;
  readonly objects: readonly PlacedShape[];
}

export type Pattern = (typeof PATTERNS)[number];

export const PATTERNS = ['plain', 'shaded', 'striped', 'checked', 'dotted', 'cloudy'] as const;

export interface Background {
  readonly pattern: Pattern;
  readonly colorName: ColorName;
  readonly color: Rgb;
  /** The other colour of the pattern. */
  readonly accent: Rgb;
  readonly turn: Turn;
  /** From one stripe, check or dot to the next. */
  readonly period: number;
  /** Where the pattern starts, in periods. */
  readonly phase: number;
}

export interface PlacedShape {
  readonly shape: ShapeName;
  readonly colorName: ColorName;
  readonly color: Rgb;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** 0 the smallest and 1 the largest of its kind of scene. */
  readonly relativeSize: number;
  readonly turn: Turn;
}

/** A rotation by its cosine and sine. */
export interface Turn {
  readonly cos: number;
  readonly sin: number;
}

/** Room for one object: the square of half side `reach` around (x, y). */
interface Place {
  readonly x: number;
  readonly y: number;
  readonly reach: number;
}

/** A lone object may be anywhere that it fits; several have a quarter of the picture each. */
const WHOLE: Place = { x: 0.5, y: 0.5, reach: 0.47 };
const QUARTERS: readonly Place[] = [0.26, 0.74].flatMap((y) =>
  [0.26, 0.74].map((x) => ({ x, y, reach: 0.24 })),
);

/** Radius of the largest object, as a share of its room: at any rotation its corners fit in. */
const LARGEST = 0.88;

/** Radius of the smallest object, as a share of the largest. */
const SMALLEST = 0.66;

/** Least difference in brightness between an object and what is behind it. */
const CONTRAST = 56;

/** Brightness below which a colour makes a dark background. */
const DARK = 90;

/** Draws one object of the given class. */
export function drawSingleScene(label: number, options: ShapesOptions, rng: Rng): Scene {
  const background = drawBackground(options, rng);
  return { background, objects: [placeShape(SHAPE_NAMES[label]!, WHOLE, background, options, rng)] };
}

/** Draws one to three objects of different classes, side by side. */
export function drawMultiScene(options: ShapesOptions, rng: Rng): Scene {
  const background = drawBackground(options, rng);
  const count = Math.min(1 + rng.int(3), options.classes);
  const shapes = rng.permutation(options.classes).slice(0, count);
  const places = rng.permutation(QUARTERS.length);
  const objects = Array.from(shapes, (shape, i) =>
    placeShape(SHAPE_NAMES[shape]!, QUARTERS[places[i]!]!, background, options, rng),
  );
  return { background, objects };
}

function drawBackground(options: ShapesOptions, rng: Rng): Background {
  const pattern = options.texture === 0 ? 'plain' : PATTERNS[rng.int(PATTERNS.length)]!;
  const grounds = groundColors(options);
  const colorName = grounds[rng.int(grounds.length)]!;
  const color = shade(colorName, rng);
  const towards = luma(color) > 128 ? PALETTE.black : PALETTE.white;
  const strength = options.texture * rng.uniform(0.3, 0.6);
  return {
    pattern,
    colorName,
    color,
    accent: pattern === 'plain' ? color : mix(color, towards, strength),
    turn: drawTurn(1, rng),
    period: rng.uniform(0.16, 0.36),
    phase: rng.uniform(),
  };
}

function placeShape(
  shape: ShapeName,
  place: Place,
  background: Background,
  options: ShapesOptions,
  rng: Rng,
): PlacedShape {
  const relativeSize = rng.uniform();
  const radius = place.reach * LARGEST * (SMALLEST + (1 - SMALLEST) * relativeSize);
  const slack = options.offset * (place.reach - REACH * radius);
  const colorName = contrastingColor(background, options, rng);
  return {
    shape,
    colorName,
    color: shade(colorName, rng),
    x: place.x + rng.uniform(-slack, slack),
    y: place.y + rng.uniform(-slack, slack),
    radius,
    relativeSize,
    turn: drawTurn(tangentOfHalf(options.rotation), rng),
  };
}

/** Any, or those dark enough that another colour stands out above them. */
function groundColors({ colors, ground }: ShapesOptions): readonly ColorName[] {
  const names = COLOR_NAMES.slice(0, colors);
  return ground === 'any' ? names : names.filter((name) => luma(PALETTE[name]) < DARK);
}

/** A colour that stands out from both colours of the background, also in a gray picture. */
function contrastingColor(background: Background, options: ShapesOptions, rng: Rng): ColorName {
  const standsOut = (name: ColorName) =>
    [background.color, background.accent].every((behind) => {
      const difference = luma(PALETTE[name]) - luma(behind);
      return (options.ground === 'dark' ? difference : Math.abs(difference)) >= CONTRAST;
    });
  const candidates = COLOR_NAMES.slice(0, options.colors).filter(standsOut);
  return candidates[rng.int(candidates.length)]!;
}

/** A colour of this name: not two are quite alike. */
function shade(name: ColorName, rng: Rng): Rgb {
  const [red, green, blue] = PALETTE[name];
  return [red + rng.uniform(-12, 12), green + rng.uniform(-12, 12), blue + rng.uniform(-12, 12)];
}

/**
 * A random rotation, from the tangent t of its half: cos = (1 - t²) / (1 + t²) and sin = 2t / (1 + t²), which round the
 * same way everywhere, unlike `Math.cos`.
 */
function drawTurn(largest: number, rng: Rng): Turn {
  const t = rng.uniform(-largest, largest);
  return { cos: (1 - t * t) / (1 + t * t), sin: (2 * t) / (1 + t * t) };
}

/** tan(degrees / 2), rounded to 20 bits so that the last digit of `Math.tan` does not matter. */
function tangentOfHalf(degrees: number): number {
  return Math.round(Math.tan((degrees * Math.PI) / 360) * 2 ** 20) / 2 ** 20;
}
