import { NO_CELL, type RawColumn } from '../sheet.ts';
import { startDictionary, type TextDictionary } from './text-dictionary.ts';

const FIRST_CAPACITY = 1024;

/** An `Int32Array` that grows as numbers are pushed. */
export interface GrowingInts {
  push(value: number): void;
  /** Pushes as many numbers, each one more than that before it. */
  pushRange(first: number, count: number): void;
  /** The numbers pushed so far, in an array of exactly their length. */
  finish(): Int32Array;
}

export function growingInts(): GrowingInts {
  let values = new Int32Array(FIRST_CAPACITY);
  let length = 0;
  return {
    push(value) {
      if (length === values.length) values = doubled(values);
      values[length++] = value;
    },
    pushRange(first, count) {
      while (length + count > values.length) values = doubled(values);
      for (let index = 0; index < count; index++) values[length + index] = first + index;
      length += count;
    },
    finish: () => values.subarray(0, length),
  };
}

function doubled(values: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(values.length * 2);
  larger.set(values);
  return larger;
}

/** Collects the kept columns of a table as dictionaries, row by row. */
export interface ColumnBuilder {
  /** Takes the kept cells of one row; a cell past the end of the row is `NO_CELL`. */
  push(cells: readonly string[]): void;
  finish(): RawColumn[];
}

interface Column {
  readonly header: string;
  readonly position: number;
  readonly dictionary: TextDictionary;
  codes: Int32Array;
}

/** Starts the columns at the given positions of a header row. */
export function startColumns(headers: readonly string[], positions: readonly number[]): ColumnBuilder {
  const columns = positions.map(
    (position): Column => ({
      header: headers[position] ?? '',
      position,
      dictionary: startDictionary(),
      codes: new Int32Array(FIRST_CAPACITY),
    }),
  );
  let rows = 0;
  return {
    push(cells) {
      for (let index = 0; index < columns.length; index++) {
        const column = columns[index]!;
        makeRoom(column, rows + 1);
        const text = cells[column.position];
        column.codes[rows] = text === undefined ? NO_CELL : column.dictionary.codeOf(text);
      }
      rows++;
    },
    finish: () =>
      columns.map(({ header, position, codes, dictionary }) => ({
        header,
        position,
        codes: codes.slice(0, rows),
        values: dictionary.values,
      })),
  };
}

/** Makes room for the codes of so many rows, and at once for as many as are likely to come. */
export function makeRoom(column: { codes: Int32Array }, rows: number, likely = 0): void {
  const { codes } = column;
  if (rows <= codes.length) return;
  column.codes = new Int32Array(Math.max(rows, likely, codes.length * 2));
  column.codes.set(codes);
}
