import { expect, it } from 'vitest';
import { unmetLine } from './match-output.ts';

it.each([
  ['a\nb\n', 'a\nb\n', true],
  ['a\nb\n', 'a\n', false],
  ['a\nb\nc\n', 'a\n…\nc\n', true],
  ['a\nc\n', 'a\n…\nc\n', true],
  ['a\nb\nc\nb\n', '…\nb\n', true],
  ['a\nb\n', '…\nc\n…\n', false],
  ['a\nc\nb\nc\nd\n', 'a\n…\nb\n…\nd\n', true],
  ['5 rows of 7\n', '5[..]7\n', true],
  ['5 rows of 8\n', '5[..]7\n', false],
  ['ab\n', 'ab[..]b\n', false],
  ['x a b c y\n', '[..]a[..]c[..]\n', true],
  ['', '', true],
  ['a\n', '', false],
])('%j against %j: %s', (actual, expected, result) => {
  expect(unmetLine(actual, expected) === null).toBe(result);
});
