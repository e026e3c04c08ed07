import {
  type ByteDictionary,
  codeOfBytes,
  codeOfText,
  finishedTexts,
  startByteDictionary,
} from '../byte-dictionary.ts';
import { finishedHash, hashOfBytes } from '../byte-hash.ts';
import { NO_CELL } from '../sheet.ts';
import { textsOfBytes } from '../texts.ts';
import { type CellBatch, OWN_TEXT, textPlace } from './cell-batch.ts';
import type { ColumnBuilder } from './column-builder.ts';

/** Collects the kept columns of a grid whose texts have numbers. */
export interface CodedColumns extends ColumnBuilder {
  /** `push` for the first rows of a batch. */
  pushCells(batch: CellBatch, rows: number): void;
}

interface Column {
  readonly header: string;
  readonly position: number;
  readonly dictionary: ByteDictionary;
  codes: Int32Array;
  /** By number of a text: one more than its code, 0 where it has not come yet. */
  known: Int32Array;
}

const FIRST_ROWS = 1024;

/** Starts the columns at the given positions of a header row; `file` is the path for messages. */
export function startCodedColumns(
  headers: readonly string[],
  positions: readonly number[],
  file: string,
): CodedColumns {
  const columns = positions.map(
    (position): Column => ({
      header: headers[position] ?? '',
      position,
      dictionary: startByteDictionary(file),
      codes: new Int32Array(FIRST_ROWS),
      known: new Int32Array(0),
    }),
  );
  let rows = 0;
  return {
    push(cells) {
      for (const column of columns) {
        makeRoom(column, rows + 1);
        const text = cells[column.position];
        column.codes[rows] = text === undefined ? NO_CELL : codeOfText(column.dictionary, text);
      }
      rows++;
    },
    pushCells(batch, added) {
      for (const column of columns) {
        makeRoom(column, rows + added);
        knowAll(column, batch.shared.count + batch.made.count);
        pushCells(column, batch, added, rows);
      }
      rows += added;
    },
    finish: () =>
      columns.map(({ header, position, codes, dictionary }) => {
        const { bytes, starts } = finishedTexts(dictionary);
        return { header, position, codes: codes.subarray(0, rows), values: textsOfBytes(bytes, starts) };
      }),
  };
}

function makeRoom(column: Column, rows: number): void {
  if (rows <= column.codes.length) return;
  const codes = new Int32Array(Math.max(rows, column.codes.length * 2));
  codes.set(column.codes);
  column.codes = codes;
}

function knowAll(column: Column, texts: number): void {
  if (texts <= column.known.length) return;
  const known = new Int32Array(texts + (texts >> 2));
  known.set(column.known);
  column.known = known;
}

function pushCells(column: Column, batch: CellBatch, rows: number, row: number): void {
  const { codes, known, dictionary, position } = column;
  const { numbers, starts, ends, hashes, bytes, room } = batch;
  const first = position * room;
  for (let index = 0; index < rows; index++) {
    const place = first + index;
    const number = numbers[place]!;
    if (number >= 0) {
      const code = known[number]! - 1;
      codes[row + index] = code >= 0 ? code : learn(column, batch, place);
    } else if (number === OWN_TEXT) {
      const [start, end] = [starts[place]!, ends[place]!];
      codes[row + index] = codeOfBytes(dictionary, bytes, start, end, finishedHash(hashes[place]!, end - start));
    } else codes[row + index] = codeOfBytes(dictionary, bytes, 0, 0, EMPTY_HASH);
  }
}

const EMPTY_HASH = finishedHash(0, 0);

function learn(column: Column, batch: CellBatch, place: number): number {
  const { bytes, start, end } = textPlace(batch, place);
  const hash = finishedHash(hashOfBytes(bytes, start, end), end - start);
  const code = codeOfBytes(column.dictionary, bytes, start, end, hash);
  column.known[batch.numbers[place]!] = code + 1;
  return code;
}
