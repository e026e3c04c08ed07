import type { ColumnQuestion } from '../dataset/dataset.ts';
import type { Text } from '../i18n/text.ts';
import type { FieldDefinition, Ruleset, StageDefinition, StageKind } from '../ruleset/ruleset.ts';
import type { Sheet } from '../source/sheet.ts';

/** What the order of the stages was read from, the surest first. */
export type OrderEvidence = 'journeys' | 'sort-column' | 'numbers' | 'probability' | 'known' | 'age' | 'rows' | 'user';

/** A word of the stage column, exactly as the file has it. */
export interface StageWord {
  readonly text: string;
  readonly rows: number;
}

/** Words that name one stage. */
export interface StageGroup {
  /** The one with most rows first; none for a stage that only the packs know. */
  readonly words: readonly StageWord[];
  readonly rows: number;
  /** Stage of the packs that has these words. */
  readonly known: StageDefinition | null;
  readonly kind: StageKind;
}

/** One stage as it will be written. */
export interface StageDraft extends StageGroup {
  readonly id: string;
  readonly label: Text;
  readonly match: readonly string[];
  /** Its place in the funnel is not known. */
  readonly unplaced: boolean;
}

/** What the deals of a stage show. */
export interface StageFacts {
  /** Median probability of its deals, 0–1. */
  readonly probability: number | null;
  /** Nine of ten visits are over by then. */
  readonly p90Days: number | null;
  readonly visits: number;
}

/** The stages of the file, and the list that will be written for them. */
export interface StagesDraft {
  /** Header of the stage column, null without one. */
  readonly header: string | null;
  /** In funnel order; null where the packs have all of them. */
  readonly list: readonly StageDraft[] | null;
  /** One a stage of `list`. */
  readonly facts: readonly StageFacts[];
  /** What the packs know, where `list` is null. */
  readonly known: readonly StageGroup[];
  /** Words that are too rare or too long to be a stage. */
  readonly strangers: readonly StageWord[];
  /** Distinct words of a column that has too many of them to be a list of stages, else null. */
  readonly tooMany: number | null;
  readonly orderedBy: OrderEvidence;
  /** The data leave no doubt about the order. */
  readonly orderIsSure: boolean;
  /** Words or a status tell won and lost deals, or no word is left that could. */
  readonly endsAreKnown: boolean;
}

/** A field required of the deals that have it now. */
export interface RequiredDraft {
  /** Rule id. */
  readonly id: string;
  readonly field: string;
  /** Deals that are looked at: all, or those of one kind of stage. */
  readonly kind: Exclude<StageKind, 'dormant'> | null;
  /** Stage id from which on the field is filled; null for everywhere. */
  readonly from: string | null;
  readonly missing: number;
  readonly of: number;
  /** Thresholds, as `> 0.8%`. */
  readonly warn: string;
  readonly fail: string;
}

export interface RequiredDrafts {
  readonly rules: readonly RequiredDraft[];
  /** One a stage: fields that completeness is to count from this stage on. */
  readonly ofStages: readonly (readonly string[])[];
  /** Fields that the general rule leaves to rules of their own. */
  readonly except: readonly string[];
  /** Deals with an amount, where those are too few for a rule and the one of the packs cannot run; else null. */
  readonly amountFilled: { readonly filled: number; readonly of: number } | null;
}

export interface DateDraft {
  readonly field: string;
  readonly order: 'DMY' | 'MDY' | 'YMD';
  /** `cells` prove it, the `others` of the file do, it is the more `likely` one, or a `guess`. */
  readonly by: 'cells' | 'others' | 'likely' | 'guess';
}

export interface SourceDraft {
  /** Field that is the identity of a deal; null where no column will do. */
  readonly key: string | null;
  readonly currency: CurrencyDraft;
  readonly missing: { readonly kept: readonly string[]; readonly observed: readonly StageWord[] };
  readonly dates: readonly DateDraft[];
}

/** What is known of the currency of bare numbers. */
export interface CurrencyDraft {
  /** ISO code, null where nothing tells. */
  readonly code: string | null;
  /** `told` by marks in most cells, the `user` said so, `open`, or there are no bare numbers to tell it of. */
  readonly by: 'told' | 'user' | 'open' | 'none';
  /** What to propose. */
  readonly proposal: string | null;
  readonly bareRows: number;
}

/** A field that the packs do not know by the header of its column. */
export interface FieldDraft {
  readonly field: string;
  readonly header: string;
  /** 0–1 where the cells told it, null where the user did. */
  readonly confidence: number | null;
}

/** The export to draft from. */
export interface DraftRequest {
  readonly sheet: Sheet;
  readonly history: Sheet | null;
  readonly previous: readonly Sheet[];
  /** The rules of the packs. */
  readonly ruleset: Ruleset;
  /** Pack of the vendor, null where none was told. */
  readonly pack: string | null;
  /** Day number of today, or of the export. */
  readonly asOfDay: number;
}

/** What a starter rules file says, before it is put into words. */
export interface Draft {
  readonly file: string;
  readonly sheet: string | null;
  readonly headerRow: number;
  readonly rows: number;
  readonly pack: string | null;
  readonly source: SourceDraft;
  readonly fields: readonly FieldDraft[];
  /** Fields that more than one column could serve. */
  readonly open: readonly ColumnQuestion[];
  /** Columns that the packs know by their header. */
  readonly knownColumns: number;
  readonly unmapped: readonly string[];
  readonly stages: StagesDraft;
  readonly required: RequiredDrafts;
  readonly segments: readonly string[];
  /** Fields and stages by what people call them. */
  readonly labels: { readonly fields: readonly FieldDefinition[]; readonly stages: readonly StageDefinition[] };
  /** Rules the packs have, which need no title here. */
  readonly packRules: readonly string[];
}

/** What a person said; what is absent was not asked, or left to the proposal. */
export interface DraftAnswers {
  /** Field → header. */
  readonly columns?: Readonly<Record<string, string>>;
  /** First words of the open stages, in funnel order. */
  readonly order?: readonly string[];
  /** First words of stages → kind. */
  readonly kinds?: ReadonlyMap<string, StageKind>;
  /** ISO code. */
  readonly currency?: string;
}
