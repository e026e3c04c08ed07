import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FunnelintError } from '../../../src/errors.ts';
import { readWorkbook } from '../../../src/source/workbook/workbook.ts';
import { bookOf, partsOf, readRows, sharedStrings, styles, worksheet } from './book.ts';
import { zipOf } from './zip-writer.ts';

const rows = Array.from(
  { length: 40 },
  (_, index) =>
    `<row r="${index + 1}"><c r="A${index + 1}" t="s"><v>${index % 3}</v></c><c r="B${index + 1}" s="1"><v>${45_000 + index}</v></c><c r="C${index + 1}" t="inlineStr"><is><t>x &amp; ${index}</t></is></c><c r="D${index + 1}"><f>1</f><v>${index / 7}</v></c></row>`,
).join('');
const sheet = worksheet(rows, '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>');
const changes = {
  'xl/styles.xml': styles('yyyy-mm-dd'),
  'xl/sharedStrings.xml': sharedStrings('<t>Won</t>', '<t>客户</t>', '<r><t>a</t></r><r><t>b</t></r>'),
};

interface Outcome {
  readonly cells: string | null;
  readonly notices: number;
}

/** What reading all sheets gives; anything but a reading or a failure of ours is thrown. */
async function outcomeOf(bytes: Buffer): Promise<Outcome> {
  try {
    const sheets = await readWorkbook('deals.xlsx', bytes);
    const readings = await Promise.all(sheets.map(readRows));
    return {
      cells: JSON.stringify(readings.map((reading) => reading.rows)),
      notices: readings.flatMap(({ notices }) => notices).length,
    };
  } catch (error) {
    if (error instanceof FunnelintError) return { cells: null, notices: 0 };
    throw error;
  }
}

const flips = fc.array(fc.record({ at: fc.nat(), bits: fc.integer({ min: 1, max: 255 }) }), {
  minLength: 1,
  maxLength: 4,
});

function flipped(bytes: Buffer, changed: readonly { at: number; bits: number }[]): Buffer {
  const copy = Buffer.from(bytes);
  for (const { at, bits } of changed) copy[at % copy.length] = (copy[at % copy.length] ?? 0) ^ bits;
  return copy;
}

describe('a damaged archive', () => {
  it.each([8, 0])('with flipped bytes is refused, told, or read right (method %i)', async (method) => {
    const bytes = zipOf(Object.entries(partsOf(sheet, changes)).map(([name, content]) => ({ name, content, method })));
    const right = await outcomeOf(bytes);
    expect(right).toMatchObject({ notices: 0 });
    await fc.assert(
      fc.asyncProperty(flips, async (changed) => {
        const { cells, notices } = await outcomeOf(flipped(bytes, changed));
        if (cells !== null && notices === 0) expect(cells).toBe(right.cells);
      }),
      { numRuns: 1500, seed: 20_260_501 },
    );
  });

  it('that is cut anywhere is refused', async () => {
    const bytes = bookOf(sheet, changes);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: bytes.length - 1 }), async (length) => {
        expect(await outcomeOf(bytes.subarray(0, length))).toEqual({ cells: null, notices: 0 });
      }),
      { numRuns: 200 },
    );
  });

  it('with bytes put in is refused or read right', async () => {
    const bytes = bookOf(sheet, changes);
    const { cells: right } = await outcomeOf(bytes);
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: bytes.length }),
        fc.uint8Array({ minLength: 1, maxLength: 40 }),
        async (at, extra) => {
          const { cells } = await outcomeOf(Buffer.concat([bytes.subarray(0, at), extra, bytes.subarray(at)]));
          if (cells !== null) expect(cells).toBe(right);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a sound archive of damaged parts', () => {
  const names = [
    '_rels/.rels',
    'xl/workbook.xml',
    'xl/_rels/workbook.xml.rels',
    'xl/worksheets/sheet1.xml',
    'xl/styles.xml',
    'xl/sharedStrings.xml',
  ];

  it('is read or refused, and ends', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        flips,
        fc.double({ min: 0.1, max: 1 }),
        async (name, changed, share) => {
          const parts = partsOf(sheet, changes);
          const part = Buffer.from(parts[name] ?? '');
          const damaged = flipped(part.subarray(0, Math.ceil(part.length * (share > 0.3 ? 1 : share))), changed);
          await outcomeOf(bookOf(sheet, { ...changes, [name]: damaged }));
        },
      ),
      { numRuns: 1000, seed: 20_260_501 },
    );
  });
});
