import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { cutCifar } from './cifarEntry.js';
import { cifar10, cifar100, cifar10Full, cifar10Seen, official } from './protocols.js';

interface Split {
  readonly protocol: string;
  readonly seed: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly firstOfDatabase: readonly number[];
  readonly sha256: string;
}

// Made by tools/oracles/split.py with NumPy, for labels given by a formula.
const { madeUp } = JSON.parse(
  readFileSync(new URL('../../fixtures/split.json', import.meta.url), 'utf8'),
) as {
  madeUp: readonly Split[];
};

const PROTOCOLS = {
  cifar10,
  'cifar10-1': cifar10Seen,
  'cifar10-2': cifar10Full,
  cifar100,
  'cifar100-official': official,
};

const made10 = {
  classIds: Uint8Array.from({ length: 60_000 }, (_, i) => (i * 7) % 10),
  counts: [50_000, 10_000],
};
const made100 = {
  classIds: Uint8Array.from({ length: 12_000 }, (_, i) => (i * 7) % 100),
  counts: [10_000, 2000],
};

describe('cutCifar', () => {
  it.each(madeUp)('cuts $protocol by seed $seed as NumPy does', (expected) => {
    const { protocol, seed, counts, firstOfDatabase, sha256 } = expected;
    const [records, classes] = protocol.startsWith('cifar100') ? [made100, 100] : [made10, 10];
    const version = { classes, published: records.classIds.length };
    const name = protocol as keyof typeof PROTOCOLS;
    const split = cutCifar(records, version, PROTOCOLS[name], { name, seed });
    expect(Object.fromEntries(Object.entries(split.parts).map(([part, all]) => [part, all.length]))).toEqual(
      counts,
    );
    expect(split.parts['database']!.slice(0, 5)).toEqual(firstOfDatabase);
    expect(split).toMatchObject({ protocol, seed, sha256 });
  });

  it.each(Object.entries(PROTOCOLS))(
    'keeps the queries of %s apart from what is trained on and searched',
    (name, protocol) => {
      const { parts } = cutCifar(made10, { classes: 10, published: 60_000 }, protocol, { name, seed: 5 });
      const queries = new Set(parts['query']);
      expect(queries.size).toBe(parts['query']!.length);
      expect([...parts['train']!, ...parts['database']!].filter((position) => queries.has(position))).toEqual(
        [],
      );
    },
  );

  it('does not leave the database ordered by class', () => {
    const { parts } = cutCifar(made10, { classes: 10, published: 60_000 }, cifar10Full, {
      name: 'a',
      seed: 5,
    });
    const first = parts['database']!.slice(0, 1000).map((position) => made10.classIds[position]);
    expect(new Set(first).size).toBe(10);
  });

  it('says in the record when a data set is not whole', () => {
    const split = cutCifar(made100, { classes: 100, published: 60_000 }, cifar100, {
      name: 'cifar100',
      seed: 0,
    });
    expect(split.protocol).toBe('cifar100 (12000 of 60000 images)');
  });
});
