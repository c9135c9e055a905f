import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { datasetInfo, datasetNames } from './entries.js';

const path = (readme: string) =>
  fileURLToPath(new URL(`../../../../datasets/${readme}/README.md`, import.meta.url));

it.each(datasetNames())('the README of %s has its source, counts and what to type', (name) => {
  const { readme, source, counts } = datasetInfo(name);
  expect(existsSync(path(readme))).toBe(true);
  const text = readFileSync(path(readme), 'utf8');
  expect(text).toContain(name);
  if (source !== null) {
    expect(text).toContain(source);
    expect(text).toMatch(/licence|terms|research only/i);
  }
  for (const count of Object.values({ ...counts })) expect(text).toContain(count.toLocaleString('en-US'));
  expect(text).toMatch(/```sh (?:minutes|data)\nhash-runner data (build|check|info) /);
});
