import { copyFileSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { writeFakeRun } from '../report/fakeRun.testing.js';
import { runLine } from '../runLine.testing.js';

const cwd = temporaryFolder(beforeEach, afterEach);

const text = (name: string) => readFileSync(cwd.join(name), 'utf8');
/** Words of a page, without its markup. */
const words = (page: string) => page.replace(/<style>.*?<\/style>|<[^>]*>/gs, ' ').replace(/\s+/g, ' ');

describe('report', () => {
  it('makes the page of a run, and its charts as files', async () => {
    await writeFakeRun(cwd.join('mine'), { method: 'wch', bits: [8, 12] });
    expect(await runLine(cwd.path, 'report mine')).toEqual({
      code: 0,
      stdout: 'mine/report.html\n',
      stderr: '',
    });
    const page = text('mine/report.html');
    expect(statSync(cwd.join('mine/report.html')).size).toBeLessThan(2e6);
    expect(page).not.toMatch(
      /<script|<link(?! rel="icon" href="data:)|(src|srcset)="(?!data:)|@import|url\((?!#clip)/,
    );
    const said = words(page);
    expect(said).toContain('wch on shapes');
    expect(said).toContain('mAP@all hits, stable 8 0.0800 0.0500 0.0100 12 0.1200 0.0500 0.0100');
    expect(said).toContain('cifar10 0.897 0.910 0.932');
    expect(said).not.toContain('Not done yet');
    expect(page.match(/<img src="data:image\/jpeg;base64,[^"]{300,}"/g)).toHaveLength(6 + 6 * 2 * 10);
    const names = [
      'balance-12',
      'balance-8',
      'distances-12',
      'distances-8',
      'epochs-map-all',
      'loss-loss',
      'loss-pull',
      'overview-map-all',
      'precision-at-n',
      'precision-recall',
    ]; // the term that is always 0 has no chart
    const files = names.flatMap((name) => [`${name}.png`, `${name}.svg`]);
    expect(readdirSync(cwd.join('mine/report')).sort()).toEqual(files);
    expect(text('mine/report/loss-loss.svg')).not.toContain('var(');
  });

  it('shows captions, and both ways across', async () => {
    await writeFakeRun(cwd.join('mine'), { method: 'dcmht', bits: [8] });
    expect((await runLine(cwd.path, 'report mine --out page.html')).code).toBe(0);
    const said = words(text('page.html'));
    expect(said).toContain('image→text query 0');
    expect(said).toMatch(/text→image query 0 an? \w+ \w+/);
    expect(readdirSync(cwd.join('page'))).toContain('precision-recall-image-text.svg');
  });

  it('does without pictures where the data set is another by now, and says which lengths are open', async () => {
    await writeFakeRun(cwd.join('mine'), { method: 'wch', bits: [8], open: [12] });
    await writeFakeRun(cwd.join('other'), { method: 'wch', bits: [8], options: { query: 9 } });
    copyFileSync(cwd.join('other/split.json'), cwd.join('mine/split.json'));
    expect((await runLine(cwd.path, 'report mine')).code).toBe(0);
    const page = text('mine/report.html');
    expect(page).not.toContain('image/jpeg');
    expect(words(page)).toContain(
      'Without pictures, because the data set cannot be shown: its split is no longer that of the run',
    );
    expect(words(page)).toContain('class 0');
    expect(words(page)).toContain('Not done yet: 12 bits.');
  });

  it('compares runs', async () => {
    await writeFakeRun(cwd.join('a'), { method: 'wch', bits: [8, 12] });
    await writeFakeRun(cwd.join('b'), { method: 'wch', bits: [8], seed: 1, options: { query: 9 } });
    await writeFakeRun(cwd.join('c'), { method: 'nsh', bits: [12] });
    expect(await runLine(cwd.path, 'report a b c')).toEqual({
      code: 0,
      stdout: 'comparison.html\n',
      stderr: '',
    });
    const page = text('comparison.html');
    expect(words(page)).toContain('mAP@all hits, stable wch, a 0.0800 0.1200 wch, b 0.1800 - nsh - 0.1200');
    expect([...page.matchAll(/<td class="best">([^<]*)/g)].map(([, value]) => value!.trim())).toEqual([
      '0.1200',
      '0.1800',
      '0.1200',
    ]);
    expect(words(page)).toContain('These runs have 2 different splits');
    expect(
      readdirSync(cwd.join('comparison'))
        .filter((name) => name.endsWith('.svg'))
        .sort(),
    ).toEqual([
      'precision-at-n-shapes-12-bits.svg',
      'precision-at-n-shapes-8-bits.svg',
      'precision-recall-shapes-12-bits.svg',
      'precision-recall-shapes-8-bits.svg',
      'shapes-map-all-hits-stable.svg',
    ]);
  });

  it.each([
    ['report', "error: missing required argument 'runs'"],
    ['report absent', ' is no run folder: it has no config.json.\n'],
    ['report mine --out page.txt', "error: --out: expected a file that ends in .html, but got 'page.txt'.\n"],
    ['report mine', 'the run is not done with any bit length yet. Go on with it by train --resume.\n'],
  ])('refuses "%s"', async (line, message) => {
    await writeFakeRun(cwd.join('mine'), { method: 'wch', bits: [], open: [8] });
    const { code, stderr } = await runLine(cwd.path, line);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
    expect(readdirSync(cwd.path)).toEqual(['mine']);
  });
});
