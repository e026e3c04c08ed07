import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';

/** Larger public sets that are not shipped with the project. */
const SHARED = new URL('../../../shared/reference/', import.meta.url);
const FIXTURES = new URL('../fixtures/reference/', import.meta.url);

export const hasShared = existsSync(SHARED);

export function fixture<Shape>(name: string): Shape {
  return JSON.parse(readFileSync(new URL(name, FIXTURES), 'utf8')) as Shape;
}

export function shared<Shape>(name: string): Shape {
  return JSON.parse(readFileSync(new URL(name, SHARED), 'utf8')) as Shape;
}

export function rowsOf(text: string): Record<string, string>[] {
  const [header = '', ...lines] = text.trim().split('\n');
  const names = header.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, index) => [names[index] ?? '', cell])));
}

export function sharedRows(name: string): Record<string, string>[] {
  return rowsOf(readFileSync(new URL(name, SHARED), 'utf8'));
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
