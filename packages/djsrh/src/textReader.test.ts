import { describe, expect, it } from '@jest/globals';
import { Clip, ClipImageTower, ClipTextTower, HashedWordTokenizer, vectorBackbone } from '@hash/backbones';
import { labelsFromClassIds, Rng, tf, type Batch, type Samples } from '@hash/core';
import { djsrhConfigSchema, type DjsrhConfig } from './config.js';
import { textReader } from './textReader.js';

const none = vectorBackbone('vectors', 4);
const config = (change: Partial<DjsrhConfig>) => djsrhConfigSchema.parse(change);
const labels = labelsFromClassIds([0], 1);

function samples(part: Pick<Samples, 'modalities'> & Partial<Samples>): Samples {
  return { length: 1, labels, batches: () => ({}) as AsyncGenerator<Batch>, ...part };
}

const sentences = samples({ modalities: ['image', 'text'] });
const tags = samples({ modalities: ['image', 'text'], vectorWidths: { text: 10 } });
const pictures = samples({ modalities: ['image'] });

function batch(part: Partial<Batch>): Batch {
  return { indices: Uint32Array.from([0]), views: [], labels, ...part };
}

function tinyClip(): Clip {
  const rng = new Rng(1);
  const preprocessing = { size: 8, interpolation: 'bilinear', mean: [0, 0, 0], std: [1, 1, 1] } as const;
  const sizes = { width: 8, depth: 1, heads: 2, features: 6 };
  return new Clip(
    new ClipImageTower({ name: 'tiny', preprocessing, patch: 4, rng, ...sizes }),
    new ClipTextTower({ tokenizer: new HashedWordTokenizer(64), context: 12, rng, ...sizes }),
  );
}

describe("textReader 'vectors'", () => {
  const reader = textReader(config({ textWidth: 10 }), none);

  it('hands on the vectors of the data', () => {
    const data = Float32Array.from({ length: 10 }, (_, i) => i);
    expect(reader.width).toBe(10);
    expect(() => reader.check(tags)).not.toThrow();
    expect(reader.read(batch({ textVectors: { data, shape: [1, 10] } })).arraySync()).toEqual([[...data]]);
  });

  it('refuses another width, sentences, and none', () => {
    const other = textReader(config({}), none);
    expect(() => other.check(tags)).toThrow(
      'DJSRH: expected texts as vectors of 1386 numbers (textWidth), but the data have vectors of 10. Set textWidth to 10.',
    );
    expect(() => reader.check(sentences)).toThrow(
      "DJSRH: expected texts as vectors of 10 numbers (textWidth), but the data have sentences. Sentences are read by text 'words' or 'backbone'.",
    );
    expect(() => reader.check(pictures)).toThrow('but the data have none.');
  });
});

describe("textReader 'words'", () => {
  const newReader = () => textReader(config({ text: 'words', textWidth: 64 }), none);
  const reader = newReader();

  it('has a one for each word before words are counted, whatever their order and number', () => {
    const [first, second, third] = reader
      .read(batch({ texts: ['a red star', 'Star: a red, red a!', 'a blue star'] }))
      .arraySync();
    expect(first!.filter((value) => value === 1)).toHaveLength(3);
    expect(first!.every((value) => value === 0 || value === 1)).toBe(true);
    // ':' and ',' and '!' are words, too.
    expect(first!.every((value, i) => value <= second![i]!)).toBe(true);
    expect(third).not.toEqual(first);
    expect(first).toHaveLength(64);
  });

  it('weighs words by how few training texts have them', async () => {
    const counted = newReader();
    const train = ['a red star', 'a red ring', 'a blue star', 'a red, red dot'];
    async function* batches() {
      await Promise.resolve();
      yield batch({ texts: train.slice(0, 3) });
      yield batch({ texts: train.slice(3) });
    }
    await counted.measure!(samples({ ...sentences, length: 4, batches }));
    const weights = (text: string) =>
      [...counted.read(batch({ texts: [text] })).dataSync()].filter((value) => value !== 0);
    expect(weights('a')).toEqual([]);
    expect(weights('unknown')).toEqual([]);
    expect(weights('red')[0]).toBeCloseTo(Math.log(4 / 3), 6);
    expect(weights('star')[0]).toBeCloseTo(Math.log(4 / 2), 6);
    expect(weights('ring')[0]).toBeCloseTo(Math.log(4), 6);
  });

  it('refuses vectors, and none', () => {
    expect(() => reader.check(sentences)).not.toThrow();
    expect(() => reader.check(tags)).toThrow(
      "DJSRH: expected texts as sentences, but the data have vectors of 10 numbers. Set text to 'vectors' and textWidth to 10.",
    );
    expect(() => reader.check(pictures)).toThrow(
      'DJSRH: expected texts as sentences, but the data have none.',
    );
  });
});

describe("textReader 'backbone'", () => {
  it('computes features by the text tower, through which no gradient flows', () => {
    const clip = tinyClip();
    const reader = textReader(config({ text: 'backbone', tokens: 12 }), clip);
    expect(reader.width).toBe(6);
    const texts = ['a red star', 'a big blue ring on a plain white ground'];
    const alone = reader.read(batch({ texts: [texts[0]!] })).arraySync();
    const both = reader.read(batch({ texts })).arraySync();
    both[0]!.forEach((value, i) => expect(value).toBeCloseTo(alone[0]![i]!, 5));
    const loss = () => tf.sum<tf.Scalar>(reader.read(batch({ texts })));
    expect(() => tf.variableGrads(loss)).toThrow(/Cannot find a connection/);
  });

  it('refuses a backbone without texts, and more tokens than it reads', () => {
    expect(() => textReader(config({ text: 'backbone' }), none)).toThrow(
      "DJSRH: expected a backbone that reads texts, as those of CLIP do, for text 'backbone', but got vectors.",
    );
    expect(() => textReader(config({ text: 'backbone', tokens: 13 }), tinyClip())).toThrow(
      'DJSRH: expected tokens to be at most 12, which tiny reads, but got 13.',
    );
  });
});
