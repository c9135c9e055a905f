import { z } from 'zod';

const share = () => z.number().min(0).max(1);
const weight = () => z.number().min(0);

/** Settings of DJSRH. Every default is the value of the authors' code, for MIRFlickr where their data sets differ. */
export const djsrhConfigSchema = z.strictObject({
  bits: z.int().min(1).max(1024).default(64).describe("length of the codes (authors' code)"),
  epochs: z.int().min(1).default(80).describe("passes over the training pairs (authors' code)"),
  batchSize: z.int().min(1).default(32).describe("pairs in a step (authors' code)"),
  learningRate: z
    .number()
    .positive()
    .default(0.001)
    .describe("of SGD for the image network, constant (authors' code)"),
  textLearningRate: z
    .number()
    .positive()
    .default(0.01)
    .describe("of SGD for the text network, constant (authors' code)"),
  momentum: z.number().min(0).lt(1).default(0.9).describe("of SGD (authors' code)"),
  weightDecay: weight().default(5e-4).describe("of every parameter, biases too (authors' code)"),
  imageShare: share()
    .default(0.9)
    .describe("beta: of the images' similarity in the joint one; the rest is of the texts' (authors' code)"),
  neighbourShare: share()
    .default(0.4)
    .describe('eta: of the similarity by common neighbours in the whole (paper, Table 1)'),
  scale: z
    .number()
    .positive()
    .default(1.5)
    .describe('mu: factor on the similarities that codes are to have (paper, Table 1)'),
  stretch: z
    .boolean()
    .default(true)
    .describe(
      "takes 2c - 1 of each cosine c, as suits features that are never negative (authors' code); false takes c",
    ),
  imageWeight: weight()
    .default(0.1)
    .describe('lambda 1: of the similarities among images in the loss (paper, Table 1)'),
  textWeight: weight()
    .default(0.1)
    .describe('lambda 2: of the similarities among texts in the loss (paper, Table 1)'),
  sharpen: z
    .boolean()
    .default(true)
    .describe(
      "makes tanh steeper with each epoch, by the root of its number (authors' code); false: DJSRH-6",
    ),
  imageHiddenWidth: z
    .int()
    .min(0)
    .default(0)
    .describe(
      "of a layer between the backbone's features and the hash layer; 0: none, as AlexNet's fc7 is one (authors' code)",
    ),
  textHiddenWidth: z
    .int()
    .min(0)
    .default(4096)
    .describe("of the text network; 0: none (authors' code: 4096)"),
  standardize: z
    .boolean()
    .default(false)
    .describe(
      'shifts and scales the features of images to mean 0 and deviation 1 over train, for the network alone (ours)',
    ),
  untrained: z
    .string()
    .default('')
    .describe(
      "parameters of the backbone that stay as they are, by how their names begin, such as AlexNet's features/ (authors' code on Wikipedia)",
    ),
  text: z
    .enum(['vectors', 'words', 'backbone'])
    .default('vectors')
    .describe(
      "what stands for a text: the data set's vector, such as tags or topics (authors' code), the set of its words, or features of the backbone's text tower, which is not trained",
    ),
  textWidth: z
    .int()
    .min(1)
    .default(1386)
    .describe("numbers in a text's vector, or for its words; of MIRFlickr's tags (authors' code)"),
  tokens: z.int().min(2).default(32).describe('read by a text tower, start and end included (ours)'),
  training: z
    .enum(['crop', 'plain'])
    .default('crop')
    .describe(
      "views of training images: random flips and crops (authors' code), or the middle (on Wikipedia)",
    ),
  margin: z
    .number()
    .min(1)
    .default(256 / 224)
    .describe("side to which images are scaled before they are cropped, of that of the crop (authors' code)"),
});

export type DjsrhConfig = z.infer<typeof djsrhConfigSchema>;
