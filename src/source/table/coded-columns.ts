import {
  type ByteDictionary,
  codeOfBytes,
  codeOfText,
  findCode,
  finishedTexts,
  putDownUnseen,
  settle,
  startByteDictionary,
} from '../byte-dictionary.ts';
import { finishedHash, textHash } from '../byte-hash.ts';
import { NO_CELL } from '../sheet.ts';
import { textsOfBytes, type Utf8Texts } from '../texts.ts';
import { type CellBatch, NO_TEXT, OWN_TEXT, textPlace } from './cell-batch.ts';
import { type ColumnBuilder, makeRoom } from './column-builder.ts';

/** Collects the kept columns of a grid whose texts have numbers. */
export interface CodedColumns extends ColumnBuilder {
  /** `push` for the first rows of a batch. */
  pushCells(batch: CellBatch, rows: number): void;
}

interface Column {
  readonly header: string;
  readonly position: number;
  /** What it is known by among the owners of shared texts, from 1 on. */
  readonly mark: number;
  readonly dictionary: ByteDictionary;
  codes: Int32Array;
  /**
   * True as long as it has blanks and shared texts alone, of which no two are the same: then one whose number is new is
   * new, and is put down without a look. Null before the first batch.
   */
  isShared: boolean | null;
  /** Code of the empty text, `NO_CODE` where it has not come yet. */
  blankCode: number;
  /** By number of a shared text that another column owns: one more than its code, 0 where it has not come yet. */
  borrowed: Int32Array;
  /** The same by number among the made texts. */
  made: Int32Array;
}

/** What the columns know of the shared texts. */
interface SharedTexts {
  distinct: ByteDictionary | null;
  /** Number of the empty one, `NO_TEXT` where there is none. */
  empty: number;
  /**
   * Two for each: mark of the column that had it first, 0 for none, and its code there. Nearly all are in one column
   * alone, and come for the first time one behind another.
   */
  owners: Int32Array;
}

const FIRST_ROWS = 1024;
const NO_CODE = -1;

/** Starts the columns at the given positions of a header row; `file` is the path for messages. */
export function startCodedColumns(
  headers: readonly string[],
  positions: readonly number[],
  file: string,
): CodedColumns {
  const columns = positions.map((position, index) => startColumn(headers[position] ?? '', position, index + 1, file));
  const shared: SharedTexts = { distinct: null, empty: NO_TEXT, owners: new Int32Array(0) };
  let rows = 0;
  return {
    push(cells) {
      for (const column of columns) {
        makeRoom(column, rows + 1);
        const text = cells[column.position];
        column.codes[rows] = text === undefined ? NO_CELL : codeOfPushed(column, shared, text);
      }
      rows++;
    },
    pushCells(batch, added) {
      if (shared.owners.length === 0) meetShared(shared, batch);
      for (const column of columns) {
        makeRoom(column, rows + added);
        column.made = withRoom(column.made, batch.made.count);
        column.isShared ??= startShared(column, shared);
        pushCells(column, shared, batch, { added, rows });
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

function startColumn(header: string, position: number, mark: number, file: string): Column {
  return {
    header,
    position,
    mark,
    dictionary: startByteDictionary(file),
    codes: new Int32Array(FIRST_ROWS),
    isShared: null,
    blankCode: NO_CODE,
    borrowed: new Int32Array(0),
    made: new Int32Array(0),
  };
}

function withRoom(known: Int32Array, texts: number): Int32Array {
  if (texts <= known.length) return known;
  const longer = new Int32Array(texts + (texts >> 2));
  longer.set(known);
  return longer;
}

const EMPTY = new Uint8Array(0);
const EMPTY_HASH = finishedHash(0, 0);

function meetShared(shared: SharedTexts, { distinct, shared: texts }: CellBatch): void {
  shared.distinct = distinct;
  shared.owners = new Int32Array(Math.max(1, texts.count) * 2);
  if (distinct !== null) shared.empty = findCode(distinct, EMPTY, 0, 0, EMPTY_HASH);
}

/** Finds the texts that came before the first batch among the shared ones; false where one is not there. */
function startShared(column: Column, shared: SharedTexts): boolean {
  const { distinct, owners } = shared;
  const { bytes, starts, hashes, count } = column.dictionary;
  if (distinct === null) return false;
  for (let code = 0; code < count; code++) {
    const number = findCode(distinct, bytes, starts[code]!, starts[code + 1]!, hashes[code]!);
    if (number >= 0) remember(column, owners, number, code);
    else if (starts[code] === starts[code + 1]) column.blankCode = code;
    else return false;
  }
  return true;
}

function remember(column: Column, owners: Int32Array, number: number, code: number): void {
  if (owners[number * 2] === 0) {
    owners[number * 2] = column.mark;
    owners[number * 2 + 1] = code;
    return;
  }
  column.borrowed = withRoom(column.borrowed, owners.length / 2);
  column.borrowed[number] = code + 1;
}

/** From now on texts are told apart by what they say. */
function leaveShared(column: Column): void {
  if (column.isShared !== true) return;
  column.isShared = false;
  settle(column.dictionary, new Int32Array(column.dictionary.unsettled), 0);
}

function codeOfPushed(column: Column, shared: SharedTexts, text: string): number {
  if (column.isShared !== true || shared.distinct === null) return codeOfText(column.dictionary, text);
  const bytes = Buffer.from(text);
  const hash = textHash(bytes, 0, bytes.length);
  const number = findCode(shared.distinct, bytes, 0, bytes.length, hash);
  if (number >= 0) return codeOfShared(column, shared, shared.distinct, number);
  if (bytes.length === 0) return codeOfBlank(column);
  leaveShared(column);
  return codeOfText(column.dictionary, text);
}

function pushCells(
  column: Column,
  shared: SharedTexts,
  batch: CellBatch,
  { added, rows }: { readonly added: number; readonly rows: number },
): void {
  const { codes, position, mark } = column;
  const { owners, empty } = shared;
  const { numbers, room } = batch;
  const first = position * room;
  const count = batch.shared.count;
  for (let index = 0; index < added; index++) {
    const written = numbers[first + index]!;
    const number = written === NO_TEXT ? empty : written;
    if (number >= 0 && number < count) {
      codes[rows + index] =
        owners[number * 2] === mark ? owners[number * 2 + 1]! : codeOfShared(column, shared, batch.shared, number);
    } else if (number === NO_TEXT) codes[rows + index] = codeOfBlank(column);
    else codes[rows + index] = codeOfOther(column, batch, first + index);
  }
}

/** Code of a shared text by its number. */
function codeOfShared(
  column: Column,
  { owners, distinct }: SharedTexts,
  { bytes, starts }: Utf8Texts,
  number: number,
): number {
  const owner = owners[number * 2]!;
  if (owner === column.mark) return owners[number * 2 + 1]!;
  const borrowed = owner === 0 ? 0 : (column.borrowed[number] ?? 0);
  if (borrowed > 0) return borrowed - 1;
  const [start, end] = [starts[number]!, starts[number + 1]!];
  const hash = distinct?.hashes[number] ?? textHash(bytes, start, end);
  const code = newCode(column, bytes, start, end, hash);
  remember(column, owners, number, code);
  return code;
}

/** Code of a text whose number is new to the column. */
function newCode(column: Column, bytes: Uint8Array, start: number, end: number, hash: number): number {
  const { dictionary } = column;
  if (column.isShared !== true) return codeOfBytes(dictionary, bytes, start, end, hash);
  putDownUnseen(dictionary, bytes, start, end, hash);
  return dictionary.count + dictionary.unsettled - 1;
}

function codeOfBlank(column: Column): number {
  if (column.blankCode === NO_CODE) column.blankCode = newCode(column, EMPTY, 0, 0, EMPTY_HASH);
  return column.blankCode;
}

/** Code of a text that stands in its cell, or was made for it. */
function codeOfOther(column: Column, batch: CellBatch, place: number): number {
  leaveShared(column);
  const { dictionary, made } = column;
  const number = batch.numbers[place]!;
  if (number === OWN_TEXT) {
    const [start, end] = [batch.starts[place]!, batch.ends[place]!];
    return codeOfBytes(dictionary, batch.bytes, start, end, finishedHash(batch.hashes[place]!, end - start));
  }
  const index = number - batch.shared.count;
  if (made[index]! > 0) return made[index]! - 1;
  const { bytes, start, end } = textPlace(batch, place);
  const hash = textHash(bytes, start, end);
  const code = codeOfBytes(dictionary, bytes, start, end, hash);
  made[index] = code + 1;
  return code;
}
