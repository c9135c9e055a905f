import type { Rng } from '@hash/core';
import type { RgbImage } from '../image/rgbImage.js';
import { OUTLINES, REACH } from './outline.js';
import { accentOf } from './pattern.js';
import type { PlacedShape, Scene } from './scene.js';

/** How much brighter the upper left of an object is than its lower right, as a share of its colour. */
const RELIEF = 0.12;

/**
 * Paints a scene: background, objects with smooth edges, then noise.
 *
 * @param noise  half width of the noise as a share of the full range
 * @param image  the square image to paint
 */
export function paintScene(scene: Scene, noise: number, rng: Rng, image: RgbImage): void {
  paintBackground(scene, rng, image);
  for (const object of scene.objects) paintObject(object, image);
  if (noise > 0) addNoise(255 * noise, rng, image);
}

function paintBackground({ background }: Scene, rng: Rng, { data, width: side }: RgbImage): void {
  const { color, accent } = background;
  const accentAt = accentOf(background, side, rng);
  for (let row = 0, at = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const share = accentAt((column + 0.5) / side, (row + 0.5) / side);
      for (let channel = 0; channel < 3; channel++, at++) {
        data[at] = toByte(color[channel]! + (accent[channel]! - color[channel]!) * share);
      }
    }
  }
}

/** Mixes the object's colour in, by the share of each pixel that it covers. */
function paintObject(
  { shape, color, x, y, radius, turn }: PlacedShape,
  { data, width: side }: RgbImage,
): void {
  const outline = OUTLINES[shape];
  const pixels = radius * side;
  const reach = REACH * pixels + 1;
  const within = (value: number) => Math.min(side, Math.max(0, Math.floor(value)));
  for (let row = within(y * side - reach); row < within(y * side + reach + 1); row++) {
    for (let column = within(x * side - reach); column < within(x * side + reach + 1); column++) {
      const dx = (column + 0.5 - x * side) / pixels;
      const dy = (row + 0.5 - y * side) / pixels;
      const distance = outline(dx * turn.cos + dy * turn.sin, dy * turn.cos - dx * turn.sin) * pixels;
      const coverage = Math.min(1, Math.max(0, 0.5 - distance));
      if (coverage === 0) continue;
      const light = 1 - RELIEF * 0.5 * (dx + dy);
      const at = (row * side + column) * 3;
      for (let channel = 0; channel < 3; channel++) {
        data[at + channel] = toByte(
          data[at + channel]! * (1 - coverage) + color[channel]! * light * coverage,
        );
      }
    }
  }
}

/** Adds a triangularly distributed number to each channel, the same to all three but for a quarter of it. */
function addNoise(amplitude: number, rng: Rng, { data, width: side }: RgbImage): void {
  for (let at = 0; at < side * side * 3; at += 3) {
    const bits = rng.uint32();
    const gray = (bits >>> 24) - ((bits >>> 16) & 255);
    for (let channel = 0; channel < 3; channel++) {
      const tint = ((bits >>> (5 * channel)) & 31) * 8 - 124;
      const value = (0.75 * gray + 0.25 * tint) / 255;
      data[at + channel] = toByte(data[at + channel]! + amplitude * value);
    }
  }
}

function toByte(value: number): number {
  return Math.min(255, Math.max(0, Math.floor(value + 0.5)));
}
