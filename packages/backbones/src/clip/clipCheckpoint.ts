import type { CheckpointFormat } from '../weights/checkpointFormat.js';
import { torchLayout } from '../weights/torchCheckpoint.js';
import { interpolatePositions } from '../vit/interpolatePositions.js';

/** Kernels that PyTorch keeps otherwise than we do; projections and tables are the same. */
const KERNELS =
  /(^visual\.conv1|\.attn\.out_proj|\.mlp\.c_fc|\.mlp\.c_proj)\.weight$|\.attn\.in_proj_weight$/;

/** What OpenAI's TorchScript archives hold besides parameters. */
const SIZES = ['input_resolution', 'context_length', 'vocab_size'];

const POSITIONS = 'visual.positional_embedding';

/** OpenAI's checkpoints of CLIP. @param texts  whether the text tower's parameters are wanted too */
export function clipCheckpoint(texts: boolean): CheckpointFormat {
  return {
    separator: '.',
    ignored: texts ? new RegExp(`^(${SIZES.join('|')})$`) : /^(?!visual\.)/,
    layout: (name, { shape }) => (KERNELS.test(name) ? torchLayout(shape) : { shape }),
    adapt: (name, [length = 0, features], published) => {
      const grid = Math.sqrt(length - 1);
      if (name !== POSITIONS || features !== published[1] || !Number.isInteger(grid)) return undefined;
      return (values) => interpolatePositions(values, features!, Math.sqrt(published[0]! - 1));
    },
  };
}
