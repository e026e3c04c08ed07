import type { Lang, Text } from '../i18n/text.ts';
import type { Expression, FigureCall, Period } from './expression/expression.ts';

/** What packs are called in `extends`, and in the names of their layers. */
export const PACK_PREFIX = 'funnelint:';

export type FieldType = 'text' | 'number' | 'money' | 'percent' | 'date' | 'boolean';
export type StageKind = 'open' | 'won' | 'lost' | 'dormant';
export type Severity = 'error' | 'warn' | 'info';

/** Where a value of the effective rules was written. */
export interface Origin {
  /** Path of the rules file, or `funnelint:<pack>`. */
  readonly file: string;
  readonly line: number;
}

export interface FieldDefinition {
  readonly id: string;
  readonly label: Text;
  /** Known headers, the user's before the packs'; the first that the file has wins. */
  readonly columns: readonly string[];
  readonly type: FieldType;
  readonly optional: boolean;
  readonly sensitive: boolean;
  /** The first of its columns that is filled counts, row by row. */
  readonly coalesce?: boolean;
  /** Words for an empty cell that are an answer here: 无 as the competitor of a deal. */
  readonly answers?: readonly string[];
}

/** Another list that deals refer to: accounts, products, users. */
export interface TableDefinition {
  readonly id: string;
  readonly label: Text;
  /** Headers of the column that deals name; the first that the table has counts. */
  readonly key: readonly string[];
  /** Path, null where it is given with the command. */
  readonly file: string | null;
  /** Its own columns; rules that run on its rows, and sums over them, name these. Empty where only its key counts. */
  readonly fields: readonly FieldDefinition[];
  /** The field by which a row names the deal, or the row of another list, that it belongs to. */
  readonly of: string | null;
  /** Date field by which its rows are in order; null for the order of the file. */
  readonly order: string | null;
  /** The audited list itself is this table where it has its key and none is given. */
  readonly isList: boolean;
}

/** What somebody wants a figure to be. Everything may be left out: the rules file is linted, not refused. */
export interface Target {
  /** As written: a figure such as `win_rate`. */
  readonly metric: string | null;
  /** As written: `25%`, `5000000`, `14d`. */
  readonly atLeast: string | null;
  readonly atMost: string | null;
  /** Day numbers; the target holds from the one up to and including the other. */
  readonly fromDay: number | null;
  readonly untilDay: number | null;
  readonly reviewedDay: number | null;
  /** The metric as a figure that rules can name; null where it is none. */
  readonly figure: FigureCall | null;
  /** Groups of field ids: the figure can be computed when the file has at least one field of each group. */
  readonly needs: readonly (readonly string[])[];
  /** Field id → value: whose target it is. */
  readonly of: Readonly<Record<string, string>>;
  readonly origin: Origin;
}

/** What others reach: a figure of a stage, or of the whole funnel where `stage` is null. */
export interface Benchmark {
  readonly figure: string;
  readonly stage: string | null;
  /** Rates 0–1, durations in days. */
  readonly value: number;
  readonly unit: 'rate' | 'days' | 'number';
  readonly origin: Origin;
}

export interface StageAbout {
  /** What it means to be in the stage. */
  readonly definition: Text | null;
  readonly goal: Text | null;
  /** What shows that the stage has succeeded. */
  readonly success: Text | null;
  /** Field that holds what the stage brings forth: a document, a link. */
  readonly deliverable: string | null;
  /** What its criteria rest on: what the customer does or says, or what the seller does. */
  readonly evidence: 'behaviour' | 'activity' | 'feedback' | null;
  /** Whether the stage has a name of its own beside its id. */
  readonly hasLabel: boolean;
  readonly origin: Origin;
}

export interface StageDefinition {
  readonly id: string;
  readonly label: Text;
  readonly match: readonly string[];
  readonly kind: StageKind;
  /** 0–1. */
  readonly probability: number | null;
  readonly maxDwellDays: number | null;
  /** Field ids required from this stage on. */
  readonly require: readonly string[];
  /** What must hold to have left the stage. */
  readonly exit: { readonly source: string; readonly expression: Expression } | null;
  /** How the stage is explained to people; absent where the list was not read from a rules file. */
  readonly about?: StageAbout;
}

/**
 * A bad condition: `> 5%` of the rows, `> 25 rows`, a comparison with a figure (`< 30%`, `> 45d`, `< -15 pp`), or what
 * lies outside a band (`outside 90%..110%`).
 */
export interface Threshold {
  readonly source: string;
  readonly operator: '<' | '<=' | '>' | '>=' | 'outside';
  /** The lower end of a band. */
  readonly value: number;
  /** The upper end of a band; absent with the other operators. */
  readonly upper?: number;
  /** `points` are percentage points, held as 0–1. */
  readonly unit: 'share' | 'rows' | 'number' | 'days' | 'points';
}

export interface Rule {
  readonly id: string;
  /** The verb. */
  readonly kind: string;
  /** Checked and completed by the schema of the kind. */
  readonly options: unknown;
  /** Expressions inside the options, by their path (`''` for the value itself). */
  readonly expressions: ReadonlyMap<string, Expression>;
  /** Fields that the expressions of the options read, in order of appearance. */
  readonly assertFields: readonly string[];
  readonly figure: FigureCall | null;
  readonly title: Text | null;
  readonly why: Text | null;
  readonly advice: Text | null;
  /** Where the rule comes from. */
  readonly provenance: string | null;
  readonly message: Text | null;
  readonly where: { readonly source: string; readonly expression: Expression } | null;
  /** Table whose rows are judged in place of the deals. */
  readonly on: string | null;
  /** Field of the deals whose distinct values are judged in place of the deals: one row for each owner, account, … */
  readonly each: string | null;
  /** Field id of the segments, one verdict each. */
  readonly per: string | null;
  readonly severity: Severity;
  readonly off: boolean;
  readonly warn: Threshold | null;
  readonly fail: Threshold | null;
  readonly minRows: number;
  readonly nulls: 'skip' | 'fail' | 'pass';
  readonly onEmpty: 'pass' | 'warn' | 'fail' | null;
  readonly strict: boolean;
  readonly mode: 'interval' | 'point';
  readonly tags: readonly string[];
  /**
   * The rule runs only when at least one of each group is there: a field of what it judges (`owner`), a field of
   * another table (`activities.at`), another table (`activities.*`), or the day a stage was entered (`stage.entered`).
   */
  readonly needs: readonly (readonly string[])[];
  /** Headers named in backticks, all of which the file must have. */
  readonly needsHeaders: readonly string[];
  /** Why the rule cannot run with the stage list in force, whatever the file; null when it can. */
  readonly obstacle: Text | null;
  /** The rule reads the change log. */
  readonly needsHistory: boolean;
  readonly origin: Origin;
  /** Origin of each key that another file than `origin.file` set. */
  readonly overrides: Readonly<Record<string, Origin>>;
}

export interface ExceptionEntry {
  readonly rule: string;
  readonly keys: readonly string[];
  /** Day number; the exception holds up to and including it. */
  readonly untilDay: number | null;
  readonly reason: string;
  readonly origin: Origin;
}

export interface SourceSettings {
  readonly timezone: string | null;
  readonly currency: string | null;
  readonly missing: readonly string[];
  readonly key: readonly string[];
  /** Field id → order of day and month. */
  readonly dates: Readonly<Record<string, 'DMY' | 'MDY' | 'YMD'>>;
  /** Fields that say which deals are won and lost where the stage column does not; null where none says so. */
  readonly outcome: { readonly won: string | null; readonly lost: string | null };
  /** Change log that belongs to the list, relative to the working folder. */
  readonly history: string | null;
}

export interface ReportSettings {
  readonly lang: Lang | null;
  readonly failOn: 'error' | 'warn' | 'never';
  readonly windowDays: number | null;
  readonly asOfDay: number | null;
  /** Length of the periods that figures are shown by. */
  readonly period: Period;
  /** Each visit to a stage by itself, or all visits of a deal to a stage together. */
  readonly dwell: 'visit' | 'stage-total';
  /** Days off besides the weekends, where stays are counted in working days; null where all days count. */
  readonly workingDays: WorkingDays | null;
  /** Fields whose values are replaced by hashes, beside the sensitive ones; null where nothing is replaced. */
  readonly redact: readonly string[] | null;
}

/** Which days are worked: Monday to Friday, but for some. */
export interface WorkingDays {
  /** Day numbers of weekdays that are off. */
  readonly holidays: readonly number[];
  /** Day numbers of Saturdays and Sundays that are worked. */
  readonly workdays: readonly number[];
}

/** Exchange rates of one day. */
export interface ExchangeRates {
  readonly to: string;
  readonly onDay: number;
  /** Code of a currency → what one unit of it is worth in `to`. */
  readonly of: Readonly<Record<string, number>>;
}

/** What no export says and some figures need; null where the rules file does not say it. */
export interface Parameters {
  /** Spent on winning customers from the one day up to and including the other, in the currency of `source`. */
  readonly acquisitionCost: number | null;
  readonly costFromDay: number | null;
  readonly costUntilDay: number | null;
  readonly customerLifetimeDays: number | null;
  /** 0–1. */
  readonly margin: number | null;
  /** Idle days after which an open amount counts half. */
  readonly halfLifeDays: number;
  /** By how much each step of the funnel improves in the what-if, relative: 0.1 is a tenth more. */
  readonly uplift: number;
  /** Day the process changed. */
  readonly changedOnDay: number | null;
}

/** The effective rules: packs and file merged, checked, with nothing left to decide. */
export interface Ruleset {
  readonly name: Text | null;
  /** Rules file, or null when only packs were named. */
  readonly file: string | null;
  readonly packs: readonly string[];
  readonly source: SourceSettings;
  readonly fields: readonly FieldDefinition[];
  /** Fields of a change log (`deal_id`, `from_stage`, `to_stage`, `changed_at`, …). */
  readonly historyFields: readonly FieldDefinition[];
  /** Tables that deals refer to. */
  readonly tables: readonly TableDefinition[];
  /** In funnel order. */
  readonly stages: readonly StageDefinition[];
  /** The stages are those of the recommended pack, which stand in where no CRM and no list is named. */
  readonly genericStages: boolean;
  readonly rules: readonly Rule[];
  /** The rules as they were loaded, also where a command runs only some of them. */
  readonly allRules: readonly Rule[];
  readonly segments: readonly string[];
  readonly targets: readonly Target[];
  readonly benchmarks: readonly Benchmark[];
  /** Day by which the stage list is to be looked at again. */
  readonly reviewByDay: number | null;
  /** Where that day is written. */
  readonly reviewByOrigin: Origin | null;
  readonly exceptions: readonly ExceptionEntry[];
  readonly report: ReportSettings;
  readonly rates: ExchangeRates | null;
  readonly parameters: Parameters;
  /** Headers named in backticks by some rule, with the type they are used as. */
  readonly extraHeaders: ReadonlyMap<string, FieldType>;
}
