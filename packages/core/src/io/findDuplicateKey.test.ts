import { expect, it } from '@jest/globals';
import { findDuplicateKey } from './findDuplicateKey.js';

it.each([
  ['{}', undefined],
  ['{"a":1,"b":{"a":[{"a":2},{"a":3}]}}', undefined],
  ['{"a":"a","b":"a"}', undefined],
  ['{"a":"{\\"a\\":1","b":"}"}', undefined],
  ['{"a":1,"b":2,"a":3}', 'a'],
  ['{"x":{"a":1},"y":{"a":1, "a" : 2}}', 'a'],
  ['{"é":1,"\\u00e9":2}', 'é'],
  ['{"\\"":1,"\\"":2}', '"'],
  ['{"__proto__":1,"__proto__":2}', '__proto__'],
])('of %s finds %j', (json, duplicate) => {
  JSON.parse(json);
  expect(findDuplicateKey(json)).toBe(duplicate);
});
