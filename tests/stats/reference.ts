import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

const FIXTURES = new URL('../fixtures/reference/', import.meta.url);

export function fixture<Shape>(name: string): Shape {
  return JSON.parse(readFileSync(new URL(name, FIXTURES), 'utf8')) as Shape;
}

/** The rows of a CSV without quotes, by the names of its header. */
export function rowsOf(text: string): Record<string, string>[] {
  const [header = '', ...lines] = text.trim().split('\n');
  const names = header.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, index) => [names[index] ?? '', cell])));
}

/** |a − b| ≤ tolerance · max(1, |b|); null matches null only. */
export function expectClose(actual: number | null, expected: number | null, tolerance = 1e-9): void {
  if (actual === null || expected === null) {
    expect(actual).toBe(expected);
    return;
  }
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(expected)));
}

export function expectAllClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-9): void {
  expect(actual.length).toBe(expected.length);
  for (let index = 0; index < expected.length; index++) {
    expectClose(actual[index] ?? Number.NaN, expected[index] ?? Number.NaN, tolerance);
  }
}

/** R writes one-element vectors as plain numbers. */
export function listOf(value: number | readonly number[]): readonly number[] {
  return typeof value === 'number' ? [value] : value;
}
