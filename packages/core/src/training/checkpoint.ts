import { z } from 'zod';

const count = z.int().min(0);
const word = z
  .int()
  .min(0)
  .max(2 ** 32 - 1);
const words = z.tuple([word, word, word, word]).readonly();
const terms = z.record(z.string(), z.number());

/** A file beside the checkpoint, with what proves that it is the one meant. */
const storedFile = z.strictObject({
  name: z.string().regex(/^[\w-]+\.safetensors$/),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/**
 * `checkpoint.json`: where a run stands. It names the files of tensors, and replacing it is what commits a checkpoint:
 * files that it does not name are left over from a run that was killed.
 */
export const checkpointSchema = z
  .strictObject({
    version: z.literal(1),
    /** Parameters, as `parameters/<path>`, and the optimiser's state, as `optimizer/<name>`. */
    tensors: storedFile,
    epochs: z.int().min(1),
    stepsPerEpoch: z.int().min(1),
    /** Epochs completed. */
    epoch: count,
    /** Steps taken in the next one. All of them: it still lacks its evaluation. */
    step: count,
    rng: z.strictObject({ key: words, state: words }),
    /** Loss terms summed over these steps. */
    sums: terms,
    /** Their means over the last completed epoch. */
    terms,
    /** The parameters that `selectBest` keeps. */
    best: z.strictObject({ epoch: count, value: z.number(), tensors: storedFile }).nullable(),
    /** Length of `metrics.jsonl`; what follows comes from steps that will be taken again. */
    metricsBytes: count,
    extraState: z.unknown().optional(),
  })
  .refine(({ step, stepsPerEpoch }) => step <= stepsPerEpoch, 'expected step to be at most stepsPerEpoch')
  .refine(({ epoch, epochs }) => epoch <= epochs, 'expected epoch to be at most epochs');

export type Checkpoint = z.infer<typeof checkpointSchema>;
export type StoredFile = z.infer<typeof storedFile>;
