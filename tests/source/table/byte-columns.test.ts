import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_CELL, type RawColumn } from '../../../src/source/sheet.ts';
import { type ByteColumns, startByteColumns } from '../../../src/source/table/byte-columns.ts';
import { emptyBatch, type RecordBatch } from '../../../src/source/text/record-batch.ts';
import { cellEnds, scanRecord } from '../../../src/source/text/record-scan.ts';

type Row = readonly string[];

const COMMAS = cellEnds(',', false) as Uint8Array;

function batchOf(rows: readonly Row[], width: number): RecordBatch {
  const text = Buffer.from(`${rows.map((row) => row.join(',')).join('\n')}\n\0`);
  const batch = { ...emptyBatch(rows.length + 3, width), bytes: text };
  let at = 0;
  for (const record of rows.keys()) {
    at = scanRecord(batch, record, at, text.length - 1, COMMAS, true, { cells: 0 });
  }
  return batch;
}

function pushAll(columns: ByteColumns, rows: readonly Row[], width: number): void {
  const size = 700;
  for (let at = 0; at < rows.length; at += size) {
    const some = rows.slice(at, at + size);
    columns.pushBatch(batchOf(some, width), some.length, width);
  }
}

/** The cells of the columns, row by row; `null` where a row is too short. */
function cellsOf(columns: readonly RawColumn[]): (string | null)[][] {
  const [first] = columns;
  return Array.from(first?.codes ?? [], (_, row) =>
    columns.map(({ codes, values }) => (codes[row] === NO_CELL ? null : (values.at(codes[row] as number) ?? null))),
  );
}

function expectCells(columns: readonly RawColumn[], rows: readonly Row[], positions: readonly number[]): void {
  expect(cellsOf(columns)).toEqual(rows.map((row) => positions.map((position) => row[position] ?? null)));
  for (const [index, { codes, values }] of columns.entries()) {
    const distinct = [...new Set(rows.flatMap((row) => row[positions[index] as number] ?? []))];
    expect([...values], 'in order of first appearance').toEqual(distinct);
    expect(codes).toHaveLength(rows.length);
  }
}

type Push = (columns: ByteColumns, rows: readonly Row[], width: number) => void;

/** The ways that rows come; the records of a batch have one width. */
const PUSH: Readonly<Record<'texts' | 'batch' | 'run', Push>> = {
  texts(columns, rows) {
    for (const row of rows) columns.push(row);
  },
  batch: pushAll,
  run(columns, rows, width) {
    const other = startByteColumns(HEADERS, [2, 0], FACTS);
    pushAll(other, rows, width);
    columns.pushRun(other.finishRun());
  },
};

function ofWidth(row: Row, width: number): Row {
  return Array.from({ length: width }, (_, at) => row[at] ?? '');
}

const HEADERS = ['ID', 'Stage', 'Owner'];
const FACTS = { file: 'deals.csv', byteCount: 1_000_000 };

describe('startByteColumns', () => {
  const cell = fc.constantFrom('', 'Won', '赢单', 'Rep 1', 'Rep 2', 'x'.repeat(300));
  const row = fc.array(cell, { minLength: 1, maxLength: 4 });

  it('collects rows that come as texts, in batches and from elsewhere', () => {
    const part = fc.tuple(
      fc.constantFrom('texts' as const, 'batch' as const, 'run' as const),
      fc.integer({ min: 1, max: 4 }),
      fc.array(row),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const columns = startByteColumns(HEADERS, [2, 0], FACTS);
        const all: Row[] = [];
        for (const [way, width, some] of parts) {
          const rows = way === 'texts' ? some : some.map((each) => ofWidth(each, width));
          all.push(...rows);
          PUSH[way](columns, rows, width);
        }
        expectCells(columns.finish(), all, [2, 0]);
      }),
    );
  });

  it('looks texts up later where most are new ones, and at once where they are no longer', () => {
    const unique = Array.from({ length: 40_000 }, (_, index) => [`D${index}`, 'Won', `Rep ${index % 7}`]);
    const again = Array.from({ length: 40_000 }, (_, index) => [`D${index % 30_000}`, 'Lost', `Rep ${index % 9}`]);
    const short = [['D5'], ['D90000'], ['D90001', 'Won']];
    const rows: Row[] = [...unique, ...again, ...unique.slice(0, 5000)];
    const columns = startByteColumns(HEADERS, [0, 1, 2], FACTS);
    pushAll(columns, unique, 3);
    for (const each of short) columns.push(each);
    pushAll(columns, again, 3);
    pushAll(columns, short.slice(0, 1), 1);
    pushAll(columns, unique.slice(0, 5000), 3);
    rows.splice(unique.length + again.length, 0, short[0] as Row);
    rows.splice(unique.length, 0, ...short);
    expectCells(columns.finish(), rows, [0, 1, 2]);
  });
});
