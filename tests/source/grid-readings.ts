import fc from 'fast-check';
import { expect } from 'vitest';
import { FunnelintError } from '../../src/errors.ts';
import type { Grid, GridRow } from '../../src/source/grid.ts';
import { readRows } from './workbook/book.ts';

/** Cells of the first sheet by row. */
export async function cellsOf(grids: readonly Grid[]): Promise<(readonly [number, ...string[]])[]> {
  const { rows } = await readRows(grids[0] as Grid);
  return rows.map(({ row, cells }) => [row, ...cells]);
}

/** Rows with some text, without blanks at their end: formats differ in whether an empty text is a cell. */
export function filledRows(rows: readonly GridRow[]): (readonly [number, ...string[]])[] {
  return rows
    .map(({ row, cells }) => [row, ...cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1)] as const)
    .filter(([, ...cells]) => cells.length > 0);
}

/** The failure that reading gives; anything but a failure of ours is thrown. */
export async function failureOf(read: () => Promise<unknown>): Promise<FunnelintError> {
  const error: unknown = await read().catch((reason: unknown) => reason);
  if (error instanceof FunnelintError) return error;
  throw new Error(`no refusal: ${String(error)}`, { cause: error });
}

/** Reads all; true for a reading, false for a failure of ours, and anything else is thrown. */
async function canRead(read: () => Promise<readonly Grid[]>): Promise<boolean> {
  try {
    for (const grid of await read()) await readRows(grid);
    return true;
  } catch (error) {
    if (error instanceof FunnelintError) return false;
    throw error;
  }
}

const MOST_MILLISECONDS = 5000;

const flips = fc.array(fc.record({ at: fc.nat(), bits: fc.integer({ min: 1, max: 255 }) }), {
  minLength: 1,
  maxLength: 6,
});

/** Cuts a sound file off anywhere, and changes some of its bytes: it is read or refused, soon. */
export async function checkDamage(sound: Buffer, read: (bytes: Buffer) => Promise<readonly Grid[]>): Promise<void> {
  expect(await canRead(() => read(sound))).toBe(true);
  const damage = fc.oneof(
    fc.nat({ max: sound.length }).map((length) => sound.subarray(0, length)),
    flips.map((changes) => {
      const bytes = Buffer.from(sound);
      for (const { at, bits } of changes) bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ bits;
      return bytes;
    }),
  );
  await fc.assert(
    fc.asyncProperty(damage, async (bytes) => {
      const start = performance.now();
      await canRead(() => read(bytes));
      expect(performance.now() - start).toBeLessThan(MOST_MILLISECONDS);
    }),
    { numRuns: 400, seed: 20_260_501 },
  );
}
