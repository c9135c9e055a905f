import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chromium, type Browser } from 'playwright-core';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { runLine } from '../../runLine.testing.js';
import { writeFakeRun } from '../fakeRun.testing.js';

/** `CHROMIUM`, or where Debian puts it. */
const executablePath = [process.env['CHROMIUM'], '/usr/bin/chromium'].find(
  (path) => path !== undefined && existsSync(path),
);
const found = executablePath === undefined ? it.skip : it;
if (executablePath === undefined)
  console.warn(
    'Reports are not looked at in a browser: there is no /usr/bin/chromium, and CHROMIUM names none.',
  );

const LOOKS = [1280, 390].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })),
);

describe('a report in a browser', () => {
  const folder = temporaryFolder(beforeAll, afterAll);
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (executablePath === undefined) return;
    await writeFakeRun(folder.join('images'), { method: 'wch', bits: [16, 32, 64] });
    await writeFakeRun(folder.join('pairs'), { method: 'dcmht', bits: [16, 32] });
    for (const runs of ['images', 'pairs', 'images pairs'])
      expect(await runLine(folder.path, `report ${runs}`)).toMatchObject({ code: 0, stderr: '' });
    browser = await chromium.launch({ executablePath });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
  });

  found.each(['images/report.html', 'pairs/report.html', 'comparison.html'])(
    '%s has no errors, shows its images and fits every window',
    async (file) => {
      for (const { width, colorScheme } of LOOKS) {
        const page = await browser!.newPage({ viewport: { width, height: 800 }, colorScheme });
        const complaints: string[] = [];
        page.on('console', (message) => complaints.push(message.text()));
        page.on('pageerror', (error) => complaints.push(error.message));
        page.on('request', (request) => {
          if (!/^(file|data):/.test(request.url())) complaints.push(request.url());
        });
        await page.goto(pathToFileURL(folder.join(file)).href);
        const seen = await page.evaluate(LOOK);
        expect({ complaints, ...(seen as object) }).toEqual({
          complaints: [],
          broken: [],
          unnamed: [],
          unlabelled: [],
          faint: [],
          overflow: 0,
        });
        await page.close();
      }
    },
    120_000,
  );
});

/**
 * Looks at a page, in the browser: images that are not decoded or have no words, charts without a label, text whose
 * contrast to its ground is below 4.5, and how far the page reaches beyond its window.
 */
const LOOK = `(async () => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  all('details').forEach((details) => (details.open = true));
  const images = all('img');
  await Promise.allSettled(images.map((image) => image.decode()));
  const numbers = (color) => color.match(/[\\d.]+/g).map(Number);
  const groundOf = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const ground = numbers(getComputedStyle(at).backgroundColor);
      if (ground.length === 3 || ground[3] === 1) return ground;
    }
    return [255, 255, 255];
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
  const inkOf = (element) => {
    const style = getComputedStyle(element);
    return numbers(element instanceof SVGElement ? style.fill : style.color);
  };
  const texts = all('main *').filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
  return {
    broken: images.filter((image) => !image.complete || image.naturalWidth === 0).map((image) => image.alt),
    unnamed: images.filter((image) => !image.alt).map((image) => image.outerHTML.slice(0, 80)),
    unlabelled: all('svg').filter((svg) => !svg.getAttribute('aria-label')).map((svg) => svg.outerHTML.slice(0, 80)),
    faint: texts.filter((element) => contrast(inkOf(element), groundOf(element)) < 4.5).map((element) => element.textContent.trim()),
    overflow: document.documentElement.scrollWidth - innerWidth,
  };
})()`;
