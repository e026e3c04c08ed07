import type { Args } from '../../i18n/text.ts';
import type { AuditReport } from '../report.ts';
import type { DealChanges } from './deal-changes.ts';
import type { FindingChanges } from './finding-changes.ts';
import type { HeadlineChange } from './headline-changes.ts';
import type { DealWaterfall, Waterfall } from './waterfall.ts';

/** One of the two reports compared. */
export interface ComparedSide {
  /** As-of day, ISO. */
  readonly date: string;
  /** The file named: an export, or a saved report. */
  readonly file: string;
  /** Exports behind it. */
  readonly inputs: readonly { readonly file: string; readonly sha256: string }[];
  readonly rows: number;
  /** Whether the deals themselves are known, and not only what was counted of them. */
  readonly hasDeals: boolean;
}

/** How the open pipeline came from one amount to the other: all of it, and what is due in the running quarter. */
export interface PipelineChange {
  readonly deals: DealWaterfall;
  readonly currencies: readonly Waterfall[];
  readonly quarter: {
    /** `2026-Q4` */
    readonly name: string;
    readonly from: string;
    readonly until: string;
    readonly deals: DealWaterfall;
    readonly currencies: readonly Waterfall[];
  };
}

/** Something to know before reading the rest; `NOTES` has its words. */
export interface ComparisonNote {
  readonly code: string;
  readonly args: Args;
}

/** Two reports side by side, as plain JSON: the contract of `compare -f json`. Keys are only ever added. */
export interface Comparison {
  readonly schema: 1;
  readonly kind: 'comparison';
  readonly before: ComparedSide;
  readonly after: ComparedSide;
  /** Days between the two. */
  readonly days: number;
  /** Named in the wrong order: the earlier one stands first all the same. */
  readonly swapped: boolean;
  readonly notes: readonly ComparisonNote[];
  /** Null where one of the reports does not hold its deals. */
  readonly deals: DealChanges | null;
  readonly pipeline: PipelineChange | null;
  readonly findings: FindingChanges;
  readonly metrics: readonly HeadlineChange[];
  /** Of the later report. */
  readonly labels: AuditReport['labels'];
}

/** A report with the name of the file it was made of, or read from. */
export interface NamedReport {
  readonly file: string;
  readonly report: AuditReport;
}
