import type { Rng } from '@hash/core';
import type { z } from 'zod';
import type { PublishedBackbone } from '../weights/checkpointFormat.js';

/** A network that can be made by its name. */
export interface CatalogueEntry {
  /** Where its authors publish weights; null for a network of ours. */
  readonly url: string | null;
  /** What the network can be told, with the defaults. */
  readonly options: z.ZodType;
  /** @throws Error  where the options are not what the network's schema asks for, or name a file that cannot be read */
  create(name: string, options: unknown, rng: Rng): Promise<PublishedBackbone>;
}

/**
 * @param schema  of the options, with their defaults
 * @param build   makes the network with its first values
 */
export function catalogueEntry<Options>(
  url: string | null,
  schema: z.ZodType<Options>,
  build: (name: string, options: Options, rng: Rng) => PublishedBackbone | Promise<PublishedBackbone>,
): CatalogueEntry {
  return {
    url,
    options: schema,
    create: async (name, options, rng) => {
      const parsed = schema.safeParse(options);
      if (parsed.success) return build(name, parsed.data, rng);
      const problems = parsed.error.issues.map(({ path, message }) => [...path, message].join(': '));
      throw new Error(`createBackbone: options of ${name}: ${problems.join('; ')}.`);
    },
  };
}
