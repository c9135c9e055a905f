import { describe, expect, it } from '@jest/globals';
import { meanAndSpread, type SweepRow } from './sweepTable.js';
import { csvTable, latexTable, markdownTable } from './tableFormats.js';

const row = (change: Partial<SweepRow>): SweepRow => ({
  ...{ method: 'wch', recipe: 'quick', settings: {}, protocol: 'nuswide_21', bits: 16 },
  ...{ metric: 'mAP@all', definition: 'hits, stable', seeds: [0], values: [0.5], mean: 0.5, spread: null },
  ...change,
});
const several = { seeds: [0, 1, 2], values: [0.1, 0.2, 0.6], mean: 0.3, spread: 0.2646 };

describe('meanAndSpread', () => {
  it('divides by n - 1', () => {
    // Deviations of 0.1, 0.2, 0.6 from 0.3: 0.04 + 0.01 + 0.09 = 0.14; sqrt(0.14 / 2) = 0.2646
    const { mean, spread } = meanAndSpread([0.1, 0.2, 0.6]);
    expect(mean).toBeCloseTo(0.3, 12);
    expect(spread).toBeCloseTo(0.26457513110645903, 12);
  });
  it('has no spread of one value', () => expect(meanAndSpread([0.5])).toEqual({ mean: 0.5, spread: null }));
});

describe('tables', () => {
  const rows = [
    row({ ...several, settings: { epochs: '5' } }),
    row({ bits: 32, settings: { epochs: '5' } }),
    row({ settings: { epochs: '6' } }),
  ];

  it('of Markdown have a column for each bit length', () =>
    expect(markdownTable(rows).split('\n')).toEqual([
      '| method | recipe | epochs | protocol | metric | 16 bits | 32 bits |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      '| wch | quick | 5 | nuswide_21 | mAP@all (hits, stable) | 0.3000 ± 0.2646 (3) | 0.5000 |',
      '| wch | quick | 6 | nuswide_21 | mAP@all (hits, stable) | 0.5000 | - |',
      '',
    ]));

  it('of LaTeX escape what is special there', () => {
    const [begin, top, titles, mid, first] = latexTable(rows).split('\n');
    expect([begin, top, mid]).toEqual(['\\begin{tabular}{lllllrr}', '\\toprule', '\\midrule']);
    expect(titles).toBe('method & recipe & epochs & protocol & metric & 16 bits & 32 bits \\\\');
    expect(first).toContain('nuswide\\_21 & mAP@all (hits, stable) & 0.3000 $\\pm$ 0.2646 (3) & 0.5000 \\\\');
  });

  it('of CSV quote commas', () =>
    expect(csvTable(rows.slice(0, 1))).toBe(
      'method,recipe,epochs,protocol,bits,metric,definition,seeds,mean,spread\n' +
        'wch,quick,5,nuswide_21,16,mAP@all,"hits, stable",3,0.3,0.2646\n',
    ));
});
