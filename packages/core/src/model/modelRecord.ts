import { z } from 'zod';

/** `model.json`: what the tensors beside it are. */
export const modelRecordSchema = z.strictObject({
  format: z.literal(1),
  method: z.string(),
  config: z.record(z.string(), z.unknown()).describe('the settings of the trainer that made the model'),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('of model.safetensors'),
});

export type ModelRecord = z.infer<typeof modelRecordSchema>;

export const MODEL_TENSORS = 'model.safetensors';
export const MODEL_RECORD = 'model.json';
