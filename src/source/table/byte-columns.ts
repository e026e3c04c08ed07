import {
  type ByteDictionary,
  codeOfBytes,
  codeOfText,
  fetchSlots,
  finishedTexts,
  type HashedTexts,
  putDownAll,
  putDownUnseen,
  settle,
  startByteDictionary,
} from '../byte-dictionary.ts';
import { finishedHash } from '../byte-hash.ts';
import { NO_CELL } from '../sheet.ts';
import type { RecordBatch } from '../text/record-batch.ts';
import { textsOfBytes } from '../texts.ts';
import { type ColumnBuilder, makeRoom } from './column-builder.ts';

/** Rows of some columns that were collected elsewhere. */
export interface ColumnRun {
  /** By row: index into the texts, of which some may be the same. */
  readonly codes: Int32Array;
  readonly texts: HashedTexts;
}

/** Collects the kept columns of a text. */
export interface ByteColumns extends ColumnBuilder {
  /** `push` for the first records of a batch, which all have so many cells. */
  pushBatch(batch: RecordBatch, records: number, width: number): void;
  /** Takes rows that another builder of the same columns collected. */
  pushRun(run: readonly ColumnRun[]): void;
  /** The rows for `pushRun` of another builder, which can tell as well as this one what texts are the same. */
  finishRun(): ColumnRun[];
}

interface Column {
  readonly header: string;
  readonly position: number;
  readonly dictionary: ByteDictionary;
  codes: Int32Array;
  /** Rows whose texts are settled: those behind them hold one text each, put down unseen. */
  settledRows: number;
  /** Most texts are new ones, so that they are put down unseen first. */
  mostlyNew: boolean;
  /** Nearly all texts were new ones when they were settled last, so that slots are made for as many as rows. */
  nearlyAllNew: boolean;
}

const FIRST_ROWS = 1024;
/** The rows that came say something of those to come, but not everything. */
const MOST_GROWTH = 64;
/** Of fewer texts all are close at hand. */
const MANY_TEXTS = 1 << 14;
const MOST_UNSETTLED = 1 << 18;
const NEARLY_ALL = 7 / 8;

/** The text that rows come from. */
export interface TextFacts {
  /** Path for messages. */
  readonly file: string;
  /** Bytes that rows are cut from; it need not be exact. */
  readonly byteCount: number;
}

/**
 * Starts the columns at the given positions of a header row.
 * @param isRun what is collected goes to another builder, which tells known texts from new ones anyway
 */
export function startByteColumns(
  headers: readonly string[],
  positions: readonly number[],
  { file, byteCount }: TextFacts,
  isRun = false,
): ByteColumns {
  const columns = positions.map(
    (position): Column => ({
      header: headers[position] ?? '',
      position,
      dictionary: startByteDictionary(file),
      codes: new Int32Array(FIRST_ROWS),
      settledRows: 0,
      mostlyNew: false,
      nearlyAllNew: false,
    }),
  );
  const hashes = { finished: new Int32Array(0) };
  let rows = 0;
  const seen = { rows: 0, bytes: 0 };
  const likelyRows = (): number => Math.min(rows * MOST_GROWTH, Math.ceil((byteCount / seen.bytes) * seen.rows)) || 0;
  return {
    push(cells) {
      for (const column of columns) pushText(column, cells[column.position], rows);
      rows++;
    },
    pushBatch(batch, records, width) {
      if (hashes.finished.length < batch.room) hashes.finished = new Int32Array(batch.room);
      seen.rows += records;
      seen.bytes += batch.nexts[records - 1]! - batch.starts[0]!;
      const likely = likelyRows();
      for (const column of columns) {
        makeRoom(column, rows + records, likely);
        column.dictionary.expected = column.mostlyNew ? likely : 0;
        column.dictionary.expectedInSlots = column.nearlyAllNew ? likely : 0;
        if (column.position >= width) pushNone(column, rows, records);
        else pushCells(column, batch, records, rows, hashes.finished, isRun);
      }
      rows += records;
    },
    pushRun(run) {
      for (const [index, { codes, texts }] of run.entries()) pushCodes(columns[index]!, rows, codes, texts);
      rows += run[0]?.codes.length ?? 0;
    },
    finishRun: () =>
      columns.map((column) => {
        codeUnsettled(column, rows);
        return { codes: column.codes.subarray(0, rows), texts: finishedTexts(column.dictionary) };
      }),
    finish: () =>
      columns.map((column) => {
        settleRows(column, rows);
        const { header, position, codes, dictionary } = column;
        const { bytes, starts } = finishedTexts(dictionary);
        return { header, position, codes: codes.subarray(0, rows), values: textsOfBytes(bytes, starts) };
      }),
  };
}

function pushText(column: Column, text: string | undefined, row: number): void {
  makeRoom(column, row + 1);
  settleRows(column, row);
  column.codes[row] = text === undefined ? NO_CELL : codeOfText(column.dictionary, text);
  column.settledRows = row + 1;
}

function pushNone(column: Column, row: number, records: number): void {
  settleRows(column, row);
  column.codes.fill(NO_CELL, row, row + records);
  column.settledRows = row + records;
}

function pushCells(
  column: Column,
  batch: RecordBatch,
  records: number,
  row: number,
  finished: Int32Array,
  isRun: boolean,
): void {
  const { dictionary } = column;
  finishHashes(column.position, batch, records, finished);
  if (column.mostlyNew) {
    putDownCells(column, batch, records, finished);
    const isLeft = isRun && column.nearlyAllNew;
    if (dictionary.unsettled >= MOST_UNSETTLED && !isLeft) settleRows(column, row + records);
    return;
  }
  const known = dictionary.count;
  if (known > MANY_TEXTS) fetchSlots(dictionary, finished, 0, records);
  lookUpCells(column, batch, records, row, finished);
  column.settledRows = row + records;
  column.mostlyNew = known > MANY_TEXTS && (dictionary.count - known) * 2 > records;
}

function finishHashes(
  cell: number,
  { hashes, starts, ends, room }: RecordBatch,
  records: number,
  to: Int32Array,
): void {
  const first = cell * room;
  for (let record = 0; record < records; record++) {
    const place = first + record;
    to[record] = finishedHash(hashes[place]!, ends[place]! - starts[place]!);
  }
}

function putDownCells({ dictionary, position }: Column, batch: RecordBatch, records: number, hashes: Int32Array): void {
  const { bytes, starts, ends, room } = batch;
  const first = position * room;
  for (let record = 0; record < records; record++) {
    const place = first + record;
    putDownUnseen(dictionary, bytes, starts[place]!, ends[place]!, hashes[record]!);
  }
}

function lookUpCells(column: Column, batch: RecordBatch, records: number, row: number, hashes: Int32Array): void {
  const { dictionary, codes, position } = column;
  const { bytes, starts, ends, room } = batch;
  const first = position * room;
  for (let record = 0; record < records; record++) {
    const place = first + record;
    codes[row + record] = codeOfBytes(dictionary, bytes, starts[place]!, ends[place]!, hashes[record]!);
  }
}

/** Gives the rows their codes whose texts were put down unseen. */
function settleRows(column: Column, rows: number): void {
  const { dictionary, settledRows } = column;
  if (dictionary.unsettled > 0) {
    const known = dictionary.count;
    settle(dictionary, column.codes, settledRows);
    const newShare = (dictionary.count - known) / (rows - settledRows);
    column.mostlyNew = newShare > 1 / 2;
    column.nearlyAllNew = newShare > NEARLY_ALL;
  }
  column.settledRows = rows;
}

/** Gives such rows the places of their texts. */
function codeUnsettled({ codes, dictionary, settledRows }: Column, rows: number): void {
  for (let row = settledRows; row < rows; row++) codes[row] = dictionary.count + row - settledRows;
}

function pushCodes(column: Column, row: number, codes: Int32Array, texts: HashedTexts): void {
  settleRows(column, row);
  makeRoom(column, row + codes.length);
  putDownAll(column.dictionary, texts);
  const known = new Int32Array(texts.starts.length - 1);
  settle(column.dictionary, known, 0);
  for (let index = 0; index < codes.length; index++) {
    const code = codes[index]!;
    column.codes[row + index] = code === NO_CELL ? NO_CELL : known[code]!;
  }
  column.settledRows = row + codes.length;
}
