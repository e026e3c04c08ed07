import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';

/** Expected values of third parties, larger than what the project carries; the folder stands beside it where it exists. */
const EXPECTED = new URL('../../../shared/reference/expected/', import.meta.url);

export const hasReference = existsSync(EXPECTED);

type Path = readonly (string | number)[];
type Leaf = string | number | boolean | null;

/** One file of expected values, which knows what of it has been compared. */
export interface ReferenceFile {
  /** A part that is an input and not a result. */
  readonly input: <Shape>(...path: Path) => Shape;
  /**
   * Compares a part with a value of the same shape, of which keys may be left out: |a − b| ≤ tolerance · max(1, |b|),
   * null matches null only, everything else exactly.
   */
  readonly compare: (actual: unknown, path: Path, tolerance?: number) => void;
  /** Leaves that are deliberately none of ours, by a pattern of their path (`a/b/0`), with the reason. */
  readonly notOurs: (pattern: RegExp, reason: string) => void;
  /** Paths of the leaves that nobody has asked for. */
  readonly rest: () => readonly string[];
}

const TOLERANCE = 1e-9;

function leavesOf(value: unknown, path: Path, leaves: Map<string, Leaf>): Map<string, Leaf> {
  if (typeof value !== 'object' || value === null) return leaves.set(path.join('/'), value as Leaf);
  for (const [key, inner] of Object.entries(value)) leavesOf(inner, [...path, key], leaves);
  return leaves;
}

function partAt(value: unknown, path: Path): unknown {
  let part = value;
  for (const key of path) part = (part as Readonly<Record<string | number, unknown>> | undefined)?.[key];
  if (part === undefined) throw new Error(`the reference has no ${path.join('/')}`);
  return part;
}

function isClose(actual: Leaf, expected: Leaf, tolerance: number): boolean {
  if (typeof actual !== 'number' || typeof expected !== 'number') return actual === expected;
  return Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected));
}

/** @param name file in the folder of expected values, without its ending. */
export function referenceFile(name: string): ReferenceFile {
  const content: unknown = JSON.parse(readFileSync(new URL(`${name}.json`, EXPECTED), 'utf8'));
  const left = leavesOf(content, [], new Map());

  function compareAt(actual: unknown, path: Path, tolerance: number): void {
    const expected = partAt(content, path);
    // R writes a list of one as the number itself.
    const value = Array.isArray(actual) && !Array.isArray(expected) && actual.length === 1 ? actual[0] : actual;
    if (typeof value !== 'object' || value === null) {
      const where = path.join('/');
      left.delete(where);
      const isSame = isClose(value as Leaf, expected as Leaf, tolerance);
      expect(isSame, `${where}: ${value} in place of ${JSON.stringify(expected)}`).toBe(true);
      return;
    }
    if (Array.isArray(value)) expect(value.length, path.join('/')).toBe((expected as unknown[]).length);
    for (const [key, inner] of Object.entries(value)) {
      if (inner !== undefined) compareAt(inner, [...path, key], tolerance);
    }
  }

  return {
    input: <Shape>(...path: Path) => {
      const part = partAt(content, path);
      for (const leaf of leavesOf(part, path, new Map()).keys()) left.delete(leaf);
      return part as Shape;
    },
    compare: (actual, path, tolerance = TOLERANCE) => compareAt(actual, path, tolerance),
    notOurs: (pattern, reason) => {
      expect(reason).not.toBe('');
      const found = [...left.keys()].filter((path) => pattern.test(path));
      expect(found.length, `${pattern} is in no reference`).toBeGreaterThan(0);
      for (const path of found) left.delete(path);
    },
    rest: () => [...left.keys()],
  };
}
