/**
 * An image pipeline as plain data: the ops of torchvision, by their names and with their meaning, in order. Methods
 * declare it, datasets carries it out on uint8 RGB pixels. `normalize` turns to float and is the last op; without it
 * the result is in [0, 1].
 */
export type AugmentSpec = readonly AugmentOp[];

export type Interpolation = 'bilinear' | 'bicubic';

export type AugmentOp =
  /** Scales the shorter side to `size` pixels, antialiased as Pillow does. */
  | { readonly op: 'resize'; readonly size: number; readonly interpolation?: Interpolation }
  | { readonly op: 'centerCrop'; readonly size: number }
  /** Pads with black, then crops a square at a random place. */
  | { readonly op: 'randomCrop'; readonly size: number; readonly padding?: number }
  /** Crops a random share (`scale`) of the area at a random aspect ratio (`ratio`) and scales it to a square. */
  | {
      readonly op: 'randomResizedCrop';
      readonly size: number;
      readonly scale?: Range;
      readonly ratio?: Range;
      readonly interpolation?: Interpolation;
    }
  | { readonly op: 'randomHorizontalFlip'; readonly probability?: number }
  /** Factors from [1 - x, 1 + x], a hue shift from [-hue, hue] turns; the four in random order. */
  | {
      readonly op: 'colorJitter';
      readonly brightness?: number;
      readonly contrast?: number;
      readonly saturation?: number;
      readonly hue?: number;
      readonly probability?: number;
    }
  | { readonly op: 'randomGrayscale'; readonly probability?: number }
  /** Pillow's Gaussian blur, its radius drawn from `sigma`. */
  | { readonly op: 'gaussianBlur'; readonly sigma: Range; readonly probability?: number }
  | { readonly op: 'normalize'; readonly mean: Rgb; readonly std: Rgb };

export type Range = readonly [low: number, high: number];
export type Rgb = readonly [red: number, green: number, blue: number];
