import type { ZodType, z } from 'zod';
import type { Dataset } from '../dataset/dataset.ts';
import type { SameSlots, Slots } from '../i18n/template.ts';
import type { Args, ArgValue, Text } from '../i18n/text.ts';
import type { Expression, FigureArgument, FigureOptions } from '../ruleset/expression/expression.ts';
import type { Rule } from '../ruleset/ruleset.ts';
import type { Figure } from '../stats/figure.ts';
import type { Zod } from './option-types.ts';

/** Outcome of a rule for one deal. */
export const NOT_CHECKED = 0;
export const HOLDS = 1;
export const VIOLATES = 2;
export const UNKNOWN = 3;

/** Path inside the options of a rule, for locating it in the rules file. */
export type OptionPath = readonly (string | number)[];

/** Something the options name, to be checked when the rules file is loaded. */
export type Reference =
  | { readonly type: 'field'; readonly name: string; readonly path: OptionPath; readonly optional?: boolean }
  | { readonly type: 'stage'; readonly name: string; readonly path: OptionPath }
  | { readonly type: 'predicate'; readonly source: string; readonly path: OptionPath }
  | { readonly type: 'figure'; readonly source: string; readonly path: OptionPath }
  /** The rule needs a change log. */
  | { readonly type: 'history' }
  /** The rule needs a table that deals refer to. */
  | { readonly type: 'table'; readonly name: string; readonly path: OptionPath };

/** One thing wrong with a deal, free of language. */
export interface Violation {
  readonly message: string;
  readonly args: Args;
  /** Field whose cell is pointed at; null points at the row. */
  readonly field: string | null;
  /** Row of the history sheet, where the fault stands there. */
  readonly historyRow?: number;
  /** The other table it stands in. */
  readonly table?: { readonly file: string; readonly sheet: string | null };
  /** Index of the file it stands in, where the list was put together from several. */
  readonly part?: number;
  /**
   * What tells it from others of its rule, and is the same next week: no counts, no figures. Only where it stands in no
   * deal; without it, it is its message and what that names.
   */
  readonly about?: readonly string[];
  /** It is told, and violates nothing. */
  readonly isRemark?: true;
}

/** A kind that judges deals: one outcome a row, described only when a finding is wanted. */
export interface RowsResult {
  readonly type: 'rows';
  /** One a row: NOT_CHECKED, HOLDS, VIOLATES or UNKNOWN. */
  readonly outcome: Uint8Array;
  /** What is wrong with a row that violates; called for the findings that are shown or written, in any order. */
  readonly describe: (row: number) => readonly Violation[];
  /** One a row: how likely a sound deal violates all the same, NaN where unknown. Only what exceeds it is judged. */
  readonly expected?: Float64Array;
}

/** The deals a figure is about. */
export interface FigureScope {
  /** One a row: 1 for all the deals picked, or those of one segment. */
  readonly select: Uint8Array;
  /** One a row: 1 for all the deals picked. */
  readonly all: Uint8Array;
}

/** A kind that judges a figure. */
export interface FigureResult {
  readonly type: 'figure';
  readonly figureOf: (scope: FigureScope) => Figure;
  /** The stages or fields that `any` stands for: each is judged in place of the whole. */
  readonly parts: readonly FigurePart[] | null;
  /** It is held against a number that somebody has to give: the rule cannot run where nobody does. */
  readonly needsReference: boolean;
}

/** A stage or field with the figure of it alone. */
export interface FigurePart {
  readonly type: 'stage' | 'field';
  readonly id: string;
  readonly figureOf: (scope: FigureScope) => Figure;
}

/** A kind that judges the file: violations with a place of their own. */
export interface PlacesResult {
  readonly type: 'places';
  readonly checked: number;
  /** How many violate, where `places` does not hold them all. */
  readonly violating?: number;
  readonly places: readonly (Omit<Violation, 'field'> & {
    readonly row: number | null;
    readonly line: number | null;
  })[];
}

/** The rule cannot be judged with what was given. */
export interface NotRunResult {
  readonly type: 'not-run';
  readonly reason: Text;
}

export type CheckResult = RowsResult | FigureResult | PlacesResult | NotRunResult;

export type FigureLookup = (
  figure: string,
  args: readonly FigureArgument[],
  select: Uint8Array,
  options: FigureOptions & { readonly all?: Uint8Array },
) => Figure;

/**
 * What a kind sees when its rule runs. `options`, `dataset`, `selected`, `evaluate` and `violation` are there for kinds
 * of one's own as well and stay as they are within a major version. All of it is to be read, never to be changed.
 */
export interface CheckContext<Options, Messages extends Record<string, Text> = Record<string, Text>> {
  /** What the rules file gives the verb, as the schema of the kind has read it. */
  readonly options: Options;
  /** The whole rule; `rule.expressions` has the expressions that `references` named, by their path joined with dots. */
  readonly rule: Rule;
  /**
   * The deals as columns: `dataset.columns.get('amount')` is the column of a field, undefined where the export has none
   * (a rule does not run without the fields that `references` names). `textAt(column, row)` and `numberAt(column, row)`
   * read a cell: null and NaN where it is empty or unreadable; percentages are 0–1, dates are days since 1970-01-01.
   * `dataset.rowCount` is the number of deals, `dataset.stage[row]` the index into `dataset.stages` (-1 for none),
   * `dataset.asOfDay` the day of the audit, `dataset.journeys` the stays in stages where there is a change log.
   */
  readonly dataset: Dataset;
  /** One a row: 1 where `where` picked the deal. */
  readonly selected: Uint8Array;
  /** Value of a predicate for every row: 1 true, 0 false, -1 unknown. */
  readonly evaluate: (predicate: Expression) => Int8Array;
  readonly figure: FigureLookup;
  /** Builds a violation; the compiler checks message name and slots. */
  readonly violation: <Name extends keyof Messages & string>(
    message: Name,
    args: Readonly<Record<Slots<Messages[Name]['en']>, ArgValue>>,
    field: string | null,
  ) => Violation;
}

/** A rule that runs in the catalogue: the fields of `bad` violate it, those of `good` do not. */
export interface KindExample {
  /** The verb and its value, as written in a rules file. */
  readonly rule: string;
  /** A small CSV with canonical field ids as headers; every row but the header must violate. */
  readonly bad: string;
  /** Not one row violates. */
  readonly good: string;
  /** Change log for both, when the kind reads journeys. */
  readonly history?: string;
  /** Change log of the good table alone, when the kind asks whether there is one. */
  readonly goodHistory?: string;
  /** Tables that deals refer to, by id. */
  readonly tables?: Readonly<Record<string, string>>;
  /** Stage list, when the generic one does not do. */
  readonly stages?: string;
  /** More of the rules file for either side, where the kind judges that. */
  readonly rules?: { readonly bad: string; readonly good: string };
}

/** What a kind is declared with; see `defineKind`. */
export interface KindDeclaration<Schema extends ZodType, Messages extends Record<string, Text>> {
  /** The verb in rules files: small letters, words joined by `_`. */
  readonly kind: string;
  /** `file` where it judges the file or the rules file, which is no verdict on the deals. */
  readonly about?: 'file';
  /** What holds when nothing is wrong. */
  readonly title: Text;
  /** Why it matters to the forecast. */
  readonly why: Text;
  /** How to fix it in the CRM. */
  readonly fix: Text;
  /**
   * Zod schema of what stands behind the verb, or how to make it; the `z` of this package, or one's own of zod 4. It must
   * not be async.
   */
  readonly options: Schema | ((z: Zod) => Schema);
  /** What findings say, by name; slots such as `{limit}` are filled by `violation`. */
  readonly messages: { readonly [Name in keyof Messages]: SameSlots<Messages[Name]> };
  /** A rule with a table that breaks it and one that does not, shown by `funnelint explain`. */
  readonly example: KindExample;
  /** Fields, stages and expressions that the options name, looked up when the rules file is loaded. */
  readonly references: (options: z.output<Schema>) => readonly Reference[];
  /**
   * Judges the deals, at once (no promise) and from the context alone. It answers with one outcome a row, with places of
   * the file, or why the rule cannot run; a kind of one's own judges no figures. What it throws is a fault of the rule.
   */
  readonly check: (context: CheckContext<z.output<Schema>, Messages>) => CheckResult;
}

/** A kind with its option types erased, as the registry and the runner hold it. */
export interface Kind {
  readonly kind: string;
  readonly about?: 'file';
  readonly title: Text;
  readonly why: Text;
  readonly fix: Text;
  readonly options: ZodType | ((z: Zod) => ZodType);
  readonly messages: Readonly<Record<string, Text>>;
  readonly example: KindExample;
  readonly references: (options: unknown) => readonly Reference[];
  readonly check: (context: CheckContext<unknown>) => CheckResult;
}

/**
 * Declares a kind: its options, texts, example and check in one place. Message names, slots, and the agreement of both
 * languages are checked by the compiler. One of one's own is given to `audit({ kinds: [it] })`, or is the default export
 * of a module that `funnelint audit --kinds <module>` runs; the rules file then uses its verb like any other.
 */
export function defineKind<Schema extends ZodType, const Messages extends Record<string, Text>>(
  declaration: KindDeclaration<Schema, Messages>,
): Kind {
  // The registry holds kinds of many option types; the loader hands each one only options its own schema produced.
  return declaration as unknown as Kind;
}
