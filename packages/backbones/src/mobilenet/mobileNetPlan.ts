/** One convolution of the network, and what it is called. */
export interface ConvolutionPlan {
  /** Of the layer in Keras. */
  readonly name: string;
  /** Of its batch normalisation in Keras. */
  readonly norm: string;
  /** Number of the operation in the graph whose batch normalisations are folded, counted from 1, sums included. */
  readonly operation: number;
  readonly inputs: number;
  readonly outputs: number;
  /** Side of the kernel. */
  readonly size: 1 | 3;
  readonly stride: 1 | 2;
  readonly depthwise: boolean;
  /** Whether a ReLU6 follows. */
  readonly activated: boolean;
}

/** Convolutions in a row, to whose output the input is added where `residual`. */
export interface BlockPlan {
  readonly convolutions: readonly ConvolutionPlan[];
  readonly residual: boolean;
}

/** Of the published network: how often a block widens its input, its output channels, repetitions, first stride. */
const STAGES = [
  { expansion: 1, channels: 16, blocks: 1, stride: 1 },
  { expansion: 6, channels: 24, blocks: 2, stride: 2 },
  { expansion: 6, channels: 32, blocks: 3, stride: 2 },
  { expansion: 6, channels: 64, blocks: 4, stride: 2 },
  { expansion: 6, channels: 96, blocks: 3, stride: 1 },
  { expansion: 6, channels: 160, blocks: 3, stride: 2 },
  { expansion: 6, channels: 320, blocks: 1, stride: 1 },
] as const;

const STEM_CHANNELS = 32;

/**
 * The network as a list of blocks: a stem, inverted residuals, and a last convolution.
 *
 * @param multiplier  of all channels but the last convolution's
 * @param width       channels of the last convolution
 */
export function planMobileNetV2(multiplier: number, width: number): readonly BlockPlan[] {
  let operation = 0;
  const numbered = (convolutions: readonly Omit<ConvolutionPlan, 'operation'>[], residual = false) => {
    const block = {
      convolutions: convolutions.map((plan) => ({ ...plan, operation: ++operation })),
      residual,
    };
    if (residual) operation++;
    return block;
  };
  let inputs = roundChannels(STEM_CHANNELS * multiplier);
  const stem = { name: 'Conv1', norm: 'bn_Conv1', inputs: 3, outputs: inputs, size: 3, stride: 2, depthwise: false, activated: true } as const; // prettier-ignore
  const blocks = [numbered([stem])];
  for (const { expansion, channels, blocks: count, stride: first } of STAGES) {
    const outputs = roundChannels(Math.trunc(channels * multiplier));
    for (let i = 0; i < count; i++) {
      const stride = i === 0 ? first : 1;
      const name = blocks.length === 1 ? 'expanded_conv' : `block_${blocks.length - 1}`;
      const block = invertedResidual({ name, inputs, inner: inputs * expansion, outputs, stride });
      blocks.push(numbered(block, stride === 1 && inputs === outputs));
      inputs = outputs;
    }
  }
  const last = { name: 'Conv_1', norm: 'Conv_1_bn', inputs, outputs: width, size: 1, stride: 1, depthwise: false, activated: true } as const; // prettier-ignore
  return [...blocks, numbered([last])];
}

/** Channels to the nearest multiple of 8, at least 8 and not below nine tenths: as the authors' program rounds them. */
export function roundChannels(channels: number): number {
  const rounded = Math.max(8, Math.floor((channels + 4) / 8) * 8);
  return rounded < 0.9 * channels ? rounded + 8 : rounded;
}

interface InvertedResidual {
  readonly name: string;
  readonly inputs: number;
  /** Channels between the pointwise convolutions. */
  readonly inner: number;
  readonly outputs: number;
  readonly stride: 1 | 2;
}

/** Widens, unless that would change nothing; filters each channel; narrows without an activation. */
function invertedResidual({ name, inputs, inner, outputs, stride }: InvertedResidual) {
  const convolution = (part: string, plan: Omit<ConvolutionPlan, 'name' | 'norm' | 'operation'>) => ({
    name: `${name}_${part}`,
    norm: `${name}_${part}_BN`,
    ...plan,
  });
  const pointwise = { size: 1, stride: 1, depthwise: false } as const;
  return [
    ...(inner === inputs
      ? []
      : [convolution('expand', { ...pointwise, inputs, outputs: inner, activated: true })]),
    convolution('depthwise', {
      inputs: inner,
      outputs: inner,
      size: 3,
      stride,
      depthwise: true,
      activated: true,
    }),
    convolution('project', { ...pointwise, inputs: inner, outputs, activated: false }),
  ];
}
