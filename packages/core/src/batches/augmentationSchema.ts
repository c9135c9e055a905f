import { z } from 'zod';

const share = () => z.number().min(0).max(1);

/**
 * Settings of the random views of contrastive learning: crop, flip, colour jitter, loss of colour, blur.
 *
 * @param source  where a method has these defaults from, for the help texts: `authors' code`
 * @param blur    probability of a blur by default, the one on which methods differ
 */
export function augmentationSchema(source: string, { blur = 0.5 } = {}) {
  const strength = (kind: string) =>
    z.number().min(0).default(0.4).describe(`of the jitter of ${kind} (${source})`);
  return z.strictObject({
    cropScale: z
      .tuple([z.number().positive().max(1), z.number().positive().max(1)])
      .default([0.2, 1])
      .describe(`share of the image's area that a random crop keeps (${source})`),
    flip: share().default(0.5).describe(`probability of a horizontal flip (${source})`),
    jitter: share().default(0.8).describe(`probability of a colour jitter (${source})`),
    brightness: strength('brightness'),
    contrast: strength('contrast'),
    saturation: strength('saturation'),
    hue: z.number().min(0).max(0.5).default(0.1).describe(`shift in turns of the colour circle (${source})`),
    grayscale: share().default(0.2).describe(`probability of losing the colour (${source})`),
    blur: share().default(blur).describe(`probability of a Gaussian blur of 0.1 to 2 pixels (${source})`),
  });
}

export type Augmentation = z.infer<ReturnType<typeof augmentationSchema>>;
