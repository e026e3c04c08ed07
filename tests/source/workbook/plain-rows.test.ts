import { describe, expect, it } from 'vitest';
import { FunnelintError } from '../../../src/errors.ts';
import { textOfCell } from '../../../src/source/table/cell-batch.ts';
import type { PlainShape } from '../../../src/source/table/plain-row.ts';
import type { PlainRows } from '../../../src/source/table/table.ts';
import { startNumberTexts } from '../../../src/source/workbook/cell-text.ts';
import { startFormattedNumbers } from '../../../src/source/workbook/formatted-numbers.ts';
import { readCellFormats } from '../../../src/source/workbook/number-formats.ts';
import { startPlainRows } from '../../../src/source/workbook/plain-rows.ts';
import { type RowEndings, rememberEnding, startRowEndings } from '../../../src/source/workbook/row-endings.ts';
import { textStoreOf } from '../../../src/source/workbook/text-store.ts';
import { startXml } from '../../../src/source/workbook/xml-reader.ts';
import { styles } from './book.ts';

const fail = (): FunnelintError => new FunnelintError('file/damaged', { file: 'a.xlsx', reason: '' });
const formats = await readCellFormats({
  name: 'styles.xml',
  fail,
  async *chunks() {
    yield Buffer.from(styles('yyyy-mm-dd', 'yyyy-mm-dd hh:mm', '0%'));
  },
});
const HEADERS = ['Deal', 'Amount', 'Closes'];
const SHAPE: PlainShape = {
  headers: HEADERS,
  width: 3,
  namedWidth: 3,
  filledCell: null,
  named: [true, true, true],
};
const TAIL = ' '.repeat(200);

/** Endings of rows as the XML reader meets them. */
function endingsOf(...rows: readonly string[]): RowEndings {
  const endings = startRowEndings();
  const open = (token: Parameters<typeof rememberEnding>[1]): void => {
    if (token.name === 'row') rememberEnding(endings, token);
  };
  startXml({ open, text() {}, close() {} }, fail).push(Buffer.from(`<x>${rows.join('')}</x>`));
  return endings;
}

interface Options {
  readonly first?: number;
  readonly until?: number;
  readonly shape?: PlainShape;
  readonly endings?: RowEndings;
  readonly isHeader?: boolean;
}

/** The texts of the rows that are taken, and what stands behind them. */
function taken(xml: string, options: Options = {}) {
  const { first = 5, until = Number.POSITIVE_INFINITY, shape = SHAPE, isHeader = false } = options;
  const { endings = endingsOf('<row r="1" spans="1:3"></row>') } = options;
  const rows: string[][] = [];
  const table: PlainRows = {
    positions: [],
    plainShape: () => shape,
    mayBeHeader: () => isHeader,
    plainRows() {},
    plainRun() {},
    plainCells(batch, count, row) {
      expect(row).toBe(first + rows.length);
      for (let index = 0; index < count; index++) {
        rows.push(HEADERS.map((_, cell) => textOfCell(batch, cell * batch.room + index)));
      }
    },
  };
  const numbers = startFormattedNumbers('a.xlsx', formats, startNumberTexts(false));
  const shared = textStoreOf(['Won', '', 'Grand Total', 'Beta', ' ', '\uFEFFDeal']);
  const taker = startPlainRows(table, HEADERS.length, { file: 'a.xlsx', shared, numbers, endings });
  const bytes = Buffer.from(xml + TAIL);
  const count = taker.take(bytes, 0, { first, until, shape });
  expect(count).toBe(rows.length);
  const { lastColumn, gapCells } = taker;
  return { rows, behind: bytes.toString('utf8', taker.end).trim(), lastColumn, gapCells };
}

const rowOf = (number: number, cells: string): string =>
  `<row r="${number}" spans="1:3">${cells.replaceAll('#', String(number))}</row>`;
const USUAL = '<c r="A#" t="s"><v>3</v></c><c r="B#"><v>12.5</v></c><c r="C#" s="1"><v>45000.75</v></c>';

describe('rows that are taken whole', () => {
  it('are those of the usual shapes', () => {
    const { rows, behind, lastColumn, gapCells } = taken(
      rowOf(5, USUAL) +
        rowOf(
          6,
          '<c r="A#" t="inlineStr"><is><t>Bäckerei</t></is></c><c r="B#" s="1"/><c r="C#" s="2"><v>45000.5</v></c>',
        ) +
        rowOf(7, '<c r="B#" s="3"><v>0.25</v></c>') +
        rowOf(8, '<c r="A#" t="s"><v>3</v></c><c r="B#"><v>0.10</v></c><c r="C#" t="str"><v>Beta</v></c>'),
    );
    expect(rows).toEqual([
      ['Beta', '12.5', '2023-03-15'],
      ['Bäckerei', '', '2023-03-15T12:00:00'],
      ['', '25%', ''],
      ['Beta', '0.1', 'Beta'],
    ]);
    expect({ behind, lastColumn, gapCells }).toEqual({ behind: '', lastColumn: 2, gapCells: 2 });
  });

  it('are as many as there are, batch after batch', () => {
    const xml = Array.from({ length: 1000 }, (_, index) => rowOf(5 + index, USUAL)).join('');
    expect(taken(xml).rows).toHaveLength(1000);
    expect(taken(xml, { until: 700 }).rows).toHaveLength(695);
  });

  it.each([
    ['of another number', rowOf(7, USUAL)],
    ['whose tag was never read', rowOf(6, USUAL).replace('1:3', '1:4')],
    ['without cells', rowOf(6, '')],
    ['that are blank', rowOf(6, '<c r="A#" t="s"><v>1</v></c><c r="B#" t="s"><v>4</v></c>')],
    ['of totals', rowOf(6, USUAL.replace('<v>3<', '<v>2<'))],
    ['of totals in their own texts', rowOf(6, '<c r="A#" t="str"><v>Grand Total</v></c><c r="B#"><v>5</v></c>')],
    ['with a mark', rowOf(6, USUAL.replace('<v>3<', '<v>5<'))],
    ['wider than the header', rowOf(6, `${USUAL}<c r="D#"><v>5</v></c>`)],
    ['with a cell of another row', rowOf(6, USUAL.replace('B#', 'B7'))],
    ['with cells in another order', rowOf(6, '<c r="B#"><v>5</v></c><c r="A#"><v>5</v></c>')],
    ['with a cell twice', rowOf(6, '<c r="A#"><v>5</v></c><c r="A#"><v>5</v></c>')],
    ['with a text that is missing', rowOf(6, USUAL.replace('<v>3<', '<v>6<'))],
    ['with a style that is missing', rowOf(6, USUAL.replace('s="1"', 's="9"'))],
    ['with a date before all', rowOf(6, USUAL.replace('45000.75', '-5'))],
    ['with an escape', rowOf(6, '<c r="A#" t="str"><v>_x0041_</v></c><c r="B#"><v>5</v></c>')],
    ['with a formula', rowOf(6, '<c r="A#"><f>1</f><v>5</v></c>')],
    ['with something else in it', rowOf(6, `${USUAL}<x/>`)],
    ['that do not end', `<row r="6" spans="1:3">${USUAL}`.replaceAll('#', '6')],
  ])('are not those %s', (_, xml) => {
    const { rows, behind } = taken(rowOf(5, USUAL) + xml + rowOf(7, USUAL));
    expect(rows).toHaveLength(1);
    expect(behind).toBe(xml + rowOf(7, USUAL));
  });

  it('are not those that a form goes on with', () => {
    const xml = rowOf(5, USUAL) + rowOf(6, '<c r="B#"><v>5</v></c>');
    expect(taken(xml).rows).toHaveLength(2);
    expect(taken(xml, { shape: { ...SHAPE, filledCell: 0 } }).rows).toHaveLength(1);
  });

  it('are not those that may be a header', () => {
    const xml = rowOf(5, USUAL) + rowOf(6, '<c r="A#" t="s"><v>3</v></c><c r="B#" t="s"><v>0</v></c>');
    expect(taken(xml).rows).toHaveLength(2);
    expect(taken(xml, { isHeader: true }).rows).toHaveLength(1);
    const named = HEADERS.map(() => false);
    expect(taken(xml, { isHeader: true, shape: { ...SHAPE, named } }).rows).toHaveLength(0);
  });

  it('have tags that were read before and say nothing of their cells', () => {
    const ending = '<row r="1" spans="1:3" x:y="&gt;>">';
    const xml = `${ending.replace('"1"', '"5"')}${USUAL.replaceAll('#', '5')}</row>${rowOf(6, USUAL)}`;
    const known = endingsOf('<row r="1" spans="1:3"/>', `${ending}</row>`, '<row r="3" spans="1:3"></row>');
    expect(taken(xml, { endings: known }).rows).toHaveLength(2);
    for (const odd of ["<row r='1' spans='1:3'></row>", '<row spans="1:3" r="1"></row>', '<row r="1" spans="1:3"/>']) {
      expect(taken(rowOf(5, USUAL), { endings: endingsOf(odd) }).rows).toHaveLength(0);
    }
  });
});

describe('dates', () => {
  it.each([
    ['45000', '2023-03-15'],
    ['45000.9998', '2023-03-15'],
    ['45000.99999', '2023-03-15'],
    ['45000.999999', '2023-03-16'],
    ['045000', '2023-03-15'],
    ['4.5E4', '2023-03-15'],
    ['99999.5', '2173-10-13'],
    ['100000', '2173-10-14'],
  ])('%s is %s', (value, text) => {
    expect(taken(rowOf(5, USUAL.replace('45000.75', value))).rows).toEqual([['Beta', '12.5', text]]);
  });
});
