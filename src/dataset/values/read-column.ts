import type { FieldType } from '../../ruleset/ruleset.ts';
import { NO_CELL, type RawColumn } from '../../source/sheet.ts';
import type { Texts } from '../../source/texts.ts';
import { type Column, MISSING, PRESENT } from '../dataset.ts';
import { readBooleans } from './booleans.ts';
import { type AmbiguousDates, type DateOrder, readDates } from './dates.ts';
import { readNumbers } from './numbers.ts';
import { readPercents } from './percents.ts';
import { isMissing, normaliseForMissing, trimText } from './placeholder.ts';

export type { AmbiguousDates } from './dates.ts';

/** The field a raw column is read as; a `FieldDefinition` will do. */
export interface ColumnTarget {
  readonly id: string;
  readonly type: FieldType;
  /** 0–1, how sure the mapping is; 1 where not said. */
  readonly confidence?: number;
}

/** What the rules say about reading one column. */
export interface ColumnSettings {
  /** Words that mean "no value", each through `normaliseForMissing`. */
  readonly missing: ReadonlySet<string>;
  /** Words for an empty cell that are an answer in this column, through `normaliseForMissing`. */
  readonly answers?: ReadonlySet<string>;
  /** Order of day and month, null to decide by the texts. */
  readonly order: DateOrder | null;
  readonly timezone: string | null;
}

type Values = Pick<Column, 'state' | 'numbers' | 'millis' | 'currencies' | 'reading'>;

interface Dictionary {
  readonly codes: Int32Array;
  readonly texts: Texts;
}

/**
 * Types a raw column: every distinct text is judged once, and what the marks and orders mean is decided once for the
 * column. Returns `AmbiguousDates` where day and month cannot be told apart; its `code` is an index into `raw.values`.
 */
export function readColumn(raw: RawColumn, target: ColumnTarget, settings: ColumnSettings): Column | AmbiguousDates {
  const { codes, texts } = dictionaryOf(raw, target.type === 'text');
  const state = new Uint8Array(texts.length);
  for (let index = 0; index < texts.length; index++) {
    state[index] = isEmpty(texts.at(index) as string, settings) ? MISSING : PRESENT;
  }
  const values = readValues(texts, state, target.type, settings);
  if ('ambiguous' in values) return values;
  return {
    field: target.id,
    type: target.type,
    header: raw.header,
    position: raw.position,
    codes,
    texts,
    ...values,
    confidence: target.confidence ?? 1,
  };
}

function isEmpty(text: string, { missing, answers }: ColumnSettings): boolean {
  if (!isMissing(text, missing)) return false;
  return answers === undefined || answers.size === 0 || !answers.has(normaliseForMissing(text));
}

function readValues(
  texts: Texts,
  state: Uint8Array,
  type: FieldType,
  settings: ColumnSettings,
): Values | AmbiguousDates {
  switch (type) {
    case 'text':
      return { state, numbers: new Float64Array(0), millis: null, currencies: [], reading: {} };
    case 'number':
    case 'money': {
      const { decimal, ...read } = readNumbers(texts, state, type);
      return { ...read, millis: null, reading: decimal === null ? {} : { decimal } };
    }
    case 'percent': {
      const { state: settled, numbers, decimal, percent } = readPercents(texts, state);
      const reading = { ...(decimal === null ? {} : { decimal }), ...(percent === null ? {} : { percent }) };
      return { state: settled, numbers, millis: null, currencies: [], reading };
    }
    case 'boolean':
      return { ...readBooleans(texts, state), millis: null, currencies: [], reading: {} };
    case 'date': {
      const read = readDates(texts, state, settings);
      if ('ambiguous' in read) return read;
      const reading: Record<string, string> = read.order === null ? {} : { dates: read.order };
      return { state: read.state, numbers: read.days, millis: read.millis, currencies: [], reading };
    }
  }
}

/** Gives rows without the cell the code of the empty text; trims the texts of a text column. */
function dictionaryOf(raw: RawColumn, trimmed: boolean): Dictionary {
  const whole = raw.codes.includes(NO_CELL) ? withEmptyText(raw) : { codes: raw.codes, texts: raw.values };
  return trimmed ? trimDictionary(whole) : whole;
}

function withEmptyText(raw: RawColumn): Dictionary {
  const known = raw.values.indexOf('');
  const empty = known >= 0 ? known : raw.values.length;
  const codes = Int32Array.from(raw.codes);
  for (let row = 0; row < codes.length; row++) {
    if (codes[row] === NO_CELL) codes[row] = empty;
  }
  return { codes, texts: known >= 0 ? raw.values : [...raw.values, ''] };
}

function trimDictionary(dictionary: Dictionary): Dictionary {
  const trimmed = dictionary.texts.map(trimText);
  if (trimmed.every((text, code) => text === dictionary.texts.at(code))) return dictionary;
  const codeOf = new Map<string, number>();
  const recode = new Int32Array(trimmed.length);
  for (const [code, text] of trimmed.entries()) {
    const known = codeOf.get(text);
    recode[code] = known ?? codeOf.size;
    if (known === undefined) codeOf.set(text, codeOf.size);
  }
  const codes = dictionary.codes.map((code) => recode[code] as number);
  return { codes, texts: [...codeOf.keys()] };
}
