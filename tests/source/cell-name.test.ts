import { expect, it } from 'vitest';
import { cellName } from '../../src/source/cell-name.ts';

it.each([
  [0, 1, 'A1'],
  [25, 2, 'Z2'],
  [26, 47, 'AA47'],
  [701, 3, 'ZZ3'],
  [702, 3, 'AAA3'],
  [16_383, 1_048_576, 'XFD1048576'],
])('column %i, row %i is %s', (position, row, expected) => {
  expect(cellName(position, row)).toBe(expected);
});
