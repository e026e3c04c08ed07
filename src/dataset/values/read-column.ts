import type { FieldType } from '../../ruleset/ruleset.ts';
import type { RawColumn } from '../../source/sheet.ts';
import type { Texts } from '../../source/texts.ts';
import { type Column, MISSING, PRESENT } from '../dataset.ts';
import { readBooleans } from './booleans.ts';
import { type AmbiguousDates, type DateOrder, readDates } from './dates.ts';
import { dictionaryOf } from './dictionary.ts';
import { surelyPresent } from './missing-bytes.ts';
import { readNumbers } from './numbers.ts';
import { readPercents } from './percents.ts';
import { isMissing, normaliseForMissing } from './placeholder.ts';

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

/**
 * Types a raw column: every distinct text is judged once, and what the marks and orders mean is decided once for the
 * column. Returns `AmbiguousDates` where day and month cannot be told apart; its `code` is an index into `raw.values`.
 */
export function readColumn(raw: RawColumn, target: ColumnTarget, settings: ColumnSettings): Column | AmbiguousDates {
  const { codes, texts } = dictionaryOf(raw, target.type === 'text');
  const values = readValues(texts, stateOf(texts, settings), target.type, settings);
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

/** One a text: MISSING or PRESENT. */
function stateOf(texts: Texts, settings: ColumnSettings): Uint8Array {
  const { utf8, length } = texts;
  const state = utf8 === undefined ? new Uint8Array(length) : surelyPresent(utf8, settings.missing);
  for (let code = state.indexOf(MISSING); code >= 0; code = state.indexOf(MISSING, code + 1)) {
    if (!isEmpty(texts.at(code) as string, settings)) state[code] = PRESENT;
  }
  return state;
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
