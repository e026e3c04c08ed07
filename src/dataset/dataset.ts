import type { FieldDefinition, FieldType, Ruleset, StageDefinition } from '../ruleset/ruleset.ts';
import type { Notice, Sheet } from '../source/sheet.ts';
import type { Texts } from '../source/texts.ts';

/** State of a distinct cell text. */
export const PRESENT = 1;
export const MISSING = 0;
export const UNREADABLE = 2;

/**
 * A typed column. All is decided once per distinct text; a row only looks its code up:
 * `numbers[codes[row]]`. Rows too short to have the cell carry the code of a missing value.
 */
export interface Column {
  readonly field: string;
  readonly type: FieldType;
  /** Header as the file has it. */
  readonly header: string;
  /** 0-based column of the sheet. */
  readonly position: number;
  readonly codes: Int32Array;
  /** Distinct texts; in a text column trimmed and unique, elsewhere as in the file. */
  readonly texts: Texts;
  /** One per distinct text: MISSING, PRESENT or UNREADABLE. */
  readonly state: Uint8Array;
  /**
   * One per distinct text, NaN unless PRESENT: number, money in units of its currency, percent 0–1, boolean 0 or 1,
   * date as day number (days since 1970-01-01). Empty for text.
   */
  readonly numbers: Float64Array;
  /** Date columns with a time of day: epoch milliseconds (wall clock of the source's time zone as UTC); else null. */
  readonly millis: Float64Array | null;
  /**
   * Money columns: currency found in the distinct text itself (`¥`, `USD`), or null. Empty where no text has one, and
   * for other types.
   */
  readonly currencies: readonly (string | null)[];
  /** Money that was converted: by distinct text the currency its number is in now, null where it stayed as it was. */
  readonly converted?: readonly (string | null)[];
  /** How the column was read, for people: `{ dates: 'DMY' }`, `{ decimal: ',' }`, `{ percent: '0–100' }`. */
  readonly reading: Readonly<Record<string, string>>;
  /** 0–1, how sure the mapping from header to field is. */
  readonly confidence: number;
}

/** How a visit ended. */
export const EXIT = {
  forward: 0,
  skipForward: 1,
  backward: 2,
  won: 3,
  lost: 4,
  dormant: 5,
  open: 6,
} as const;
export type Exit = (typeof EXIT)[keyof typeof EXIT];

/**
 * All stays of all deals, in order of deal then time, as parallel arrays. A stay in a closed or dormant stage is kept
 * too (its `exit` is `open` until the deal leaves it); visits are the stays whose stage kind is `open`.
 */
export interface Journeys {
  /** A change log, columns that date the entry to each stage, or earlier exports. */
  readonly from: 'history' | 'stageDates' | 'snapshots';
  /** Length deals + 1: stays of deal `d` are `offsets[d] .. offsets[d + 1] - 1`. Deal = row of the dataset. */
  readonly offsets: Int32Array;
  /** Index into `Dataset.stages`. */
  readonly stage: Int16Array;
  /** Epoch milliseconds (midnight where the log has dates only). */
  readonly start: Float64Array;
  /** Epoch milliseconds of the next stay, NaN while it lasts. */
  readonly end: Float64Array;
  readonly exit: Uint8Array;
  /** Row of the log where the stay began: of the history sheet, where the journeys come from one. */
  readonly row: Int32Array;
  /** The log has times of day; otherwise durations are whole calendar days. */
  readonly hasTime: boolean;
  readonly rowsRead: number;
  readonly noopRowsDropped: number;
  readonly rowsAfterAsOf: number;
  readonly unknownStageRows: readonly number[];
  readonly unreadableTimeRows: readonly number[];
  /** History rows whose deal is not in the table. */
  readonly orphanRows: number;
  /** Rows of a log of all fields that are about another field than the stage. */
  readonly otherFieldRows: number;
  /** Changes of one deal at the same instant, kept in file order. */
  readonly tiedRows: number;
}

/** What is known of journeys that were rebuilt from dated exports. */
export interface SnapshotFacts {
  /** Day numbers of the exports, oldest first, the audited one last. */
  readonly days: readonly number[];
  /** Moves over a stage between: that stage may have been visited unobserved. */
  readonly possiblyUnobserved: number;
  /** Deals of an earlier export that are not in the audited one. */
  readonly vanished: number;
}

/** A field that no column was taken for, and the columns that could be it, the likeliest first. */
export interface ColumnQuestion {
  readonly field: string;
  readonly candidates: readonly {
    /** Trimmed; empty for a column without a header. */
    readonly header: string;
    /** 0-based column of the sheet. */
    readonly position: number;
    /** 0–1. */
    readonly confidence: number;
  }[];
}

/** Another list beside the deals. */
export interface LinkedTable {
  readonly sheet: Sheet;
  readonly fields: readonly FieldDefinition[];
  /** Its own columns, by field. */
  readonly columns: ReadonlyMap<string, Column>;
  /** The column whose texts deals, or rows of other tables, name; null where the table only names others itself. */
  readonly key: Column | null;
  /** How a row names what it belongs to: its own columns, and the fields of the deals that say the same. */
  readonly of: { readonly columns: readonly Column[]; readonly fields: readonly string[] } | null;
  /** The dates by which its rows are in order; null for the order of the file. */
  readonly order: Column | null;
}

/** An earlier export of the same list. */
export interface EarlierExport {
  /** Day number. */
  readonly day: number;
  readonly columns: ReadonlyMap<string, Column>;
  readonly rowCount: number;
}

/** What the rows of a view are: it stands in for the deals where a rule judges something else. */
export interface View {
  /** Table whose rows these are, null for the distinct values of a field. */
  readonly table: string | null;
  /** Field of the deals whose distinct values these are, null for the rows of a table. */
  readonly each: string | null;
  /** Columns that identify a row. */
  readonly key: readonly Column[];
  /** The deals it stands beside. */
  readonly deals: Dataset;
}

/** How one file was used, for the report. */
export interface InputSummary {
  readonly role: 'deals' | 'history' | 'previous' | 'table';
  /** Id of a table that deals refer to. */
  readonly table?: string;
  readonly sheet: Sheet;
  /** Header → field, null where no field knows the header. */
  readonly mapping: readonly {
    readonly header: string;
    readonly field: string | null;
    readonly confidence: number;
    readonly reading: Readonly<Record<string, string>>;
  }[];
  /** Needed fields without a column, and the columns that could serve them. */
  readonly questions: readonly ColumnQuestion[];
  /** What is to be said of how the columns were mapped; `sheet` has what is to be said of how it was read. */
  readonly notices: readonly Notice[];
}

/** Typed deals, journeys and what was set aside; everything downstream reads only this. */
export interface Dataset {
  /** Day number of the as-of date. */
  readonly asOfDay: number;
  /** Deals, one a row of the main table. */
  readonly rowCount: number;
  readonly columns: ReadonlyMap<string, Column>;
  /** Columns named by header in backticks, by header. */
  readonly headerColumns: ReadonlyMap<string, Column>;
  readonly fields: readonly FieldDefinition[];
  readonly stages: readonly StageDefinition[];
  /** One a row: index into `stages`, -1 where the stage is missing or unknown. */
  readonly stage: Int16Array;
  /** One a row: currency as index into `currencies`, -1 where unknown. */
  readonly currency: Int16Array;
  readonly currencies: readonly string[];
  readonly journeys: Journeys | null;
  /** How the journeys were rebuilt, where they come from earlier exports. */
  readonly snapshots: SnapshotFacts | null;
  readonly historySheet: Sheet | null;
  /** By id; `history` is the change log, `previous` the latest of the earlier exports. */
  readonly tables: ReadonlyMap<string, LinkedTable>;
  /** Earlier exports whose day is known, oldest first; absent where there are none. */
  readonly earlier?: readonly EarlierExport[];
  /** Present where the rows are no deals. */
  readonly view?: View;
  readonly sheet: Sheet;
  readonly inputs: readonly InputSummary[];
  readonly ruleset: Ruleset;
}
