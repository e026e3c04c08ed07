import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashOfBytes } from '../../../src/source/byte-hash.ts';
import { emptyCells, NO_TEXT, OWN_TEXT } from '../../../src/source/table/cell-batch.ts';
import { startCodedColumns } from '../../../src/source/table/coded-columns.ts';
import { startColumns } from '../../../src/source/table/column-builder.ts';
import { distinctTexts } from '../../../src/source/workbook/distinct-texts.ts';
import { addText, startTextStore, textStoreOf } from '../../../src/source/workbook/text-store.ts';

const HEADERS = ['Deal', 'Stage'];
const POSITIONS = [0, 1];

/** A cell by where its text comes from; in a row of a batch, or in one of texts. */
type Cell =
  | { readonly from: 'shared'; readonly number: number }
  | { readonly from: 'made' | 'own'; readonly text: string }
  | { readonly from: 'nothing' };

interface Step {
  readonly isBatch: boolean;
  readonly rows: readonly (readonly Cell[])[];
}

/** The columns as they come of numbers, and as they come of texts. */
function bothWays(sharedTexts: readonly string[], steps: readonly Step[]) {
  const shared = textStoreOf(sharedTexts);
  const made = startTextStore();
  const batch = emptyCells(HEADERS.length, { shared, made, distinct: distinctTexts('a.xlsx', shared) });
  const coded = startCodedColumns(HEADERS, POSITIONS, 'a.xlsx');
  const plain = startColumns(HEADERS, POSITIONS);
  const textOf = (cell: Cell): string => {
    if (cell.from === 'nothing') return '';
    return cell.from === 'shared' ? (sharedTexts[cell.number] ?? '') : cell.text;
  };
  const put = (cell: Cell, place: number): void => {
    if (cell.from === 'nothing') batch.numbers[place] = NO_TEXT;
    else if (cell.from === 'shared') batch.numbers[place] = cell.number;
    else if (cell.from === 'made') {
      addText(made, cell.text);
      batch.numbers[place] = shared.count + made.count - 1;
    } else {
      const text = Buffer.from(cell.text);
      batch.numbers[place] = OWN_TEXT;
      batch.starts[place] = batch.bytes.length;
      batch.ends[place] = batch.bytes.length + text.length;
      batch.hashes[place] = hashOfBytes(text, 0, text.length);
      batch.bytes = Buffer.concat([batch.bytes, text]);
    }
  };
  for (const { isBatch, rows } of steps) {
    batch.bytes = Buffer.alloc(0);
    for (const [index, cells] of rows.entries()) {
      plain.push(cells.map(textOf));
      if (!isBatch) coded.push(cells.map(textOf));
      else for (const [at, cell] of cells.entries()) put(cell, at * batch.room + index);
    }
    if (isBatch) coded.pushCells(batch, rows.length);
  }
  const shown = ({ codes, values }: ReturnType<typeof plain.finish>[number]) => ({
    codes: [...codes],
    values: [...values],
  });
  return { coded: coded.finish().map(shown), plain: plain.finish().map(shown) };
}

const texts = fc.constantFrom('Won', 'Lost', '', 'Acme', 'Größe', '12', '2026-01-05');
const cells = fc.oneof(
  { weight: 6, arbitrary: fc.record({ from: fc.constant('shared' as const), number: fc.nat({ max: 3 }) }) },
  { weight: 2, arbitrary: fc.constant({ from: 'nothing' as const }) },
  { weight: 1, arbitrary: fc.record({ from: fc.constantFrom('made' as const, 'own' as const), text: texts }) },
);
const steps = fc.array(
  fc.record({ isBatch: fc.boolean(), rows: fc.array(fc.tuple(cells, cells), { minLength: 1, maxLength: 4 }) }),
  { maxLength: 8 },
);

describe('columns of texts by number are those of the texts', () => {
  it.each([
    ['that are all different', fc.uniqueArray(texts, { minLength: 4, maxLength: 6 })],
    ['of which some may be the same', fc.array(texts, { minLength: 4, maxLength: 6 })],
  ])('%s', (_, sharedTexts) => {
    fc.assert(
      fc.property(sharedTexts, steps, (shared, taken) => {
        const { coded, plain } = bothWays(shared, taken);
        expect(coded).toEqual(plain);
      }),
      { numRuns: 1000 },
    );
  });

  it('where a text stands in its cell after it came by number', () => {
    const { coded } = bothWays(
      ['Won', 'Lost'],
      [
        {
          isBatch: true,
          rows: [
            [
              { from: 'shared', number: 1 },
              { from: 'shared', number: 1 },
            ],
          ],
        },
        {
          isBatch: true,
          rows: [
            [
              { from: 'own', text: 'Lost' },
              { from: 'made', text: 'Lost' },
            ],
          ],
        },
      ],
    );
    expect(coded).toEqual([
      { codes: [0, 0], values: ['Lost'] },
      { codes: [0, 0], values: ['Lost'] },
    ]);
  });
});

describe('texts of a store', () => {
  it('have their numbers for codes', () => {
    expect(distinctTexts('a.xlsx', textStoreOf(['Won', '', 'Lost']))?.count).toBe(3);
  });

  it('are not taken for different where two are the same', () => {
    expect(distinctTexts('a.xlsx', textStoreOf(['Won', 'Lost', 'Won']))).toBeNull();
  });

  it('may be none', () => {
    expect(distinctTexts('a.xlsx', startTextStore())?.count).toBe(0);
  });
});
