import { isPresent } from '../dataset/cells.ts';
import type { Column, Dataset } from '../dataset/dataset.ts';
import { hasComeTo } from '../kinds/outcome.ts';
import type { Rule } from '../ruleset/ruleset.ts';
import type { RequiredDraft, RequiredDrafts } from './draft.ts';

/** Fields that are worth a rule, the rule that looks after each, and the deals it is about. */
const CANDIDATES: readonly (readonly [field: string, rule: string, kind: RequiredDraft['kind']])[] = [
  ['owner', 'owner/missing', null],
  ['account', 'deal/no-account', null],
  ['amount', 'deal/amount-missing', null],
  ['close', 'deal/close-missing', null],
  ['source', 'field/source-missing', null],
  ['contact', 'deal/contact-missing', null],
  ['industry', 'deal/industry-missing', null],
  ['region', 'deal/region-missing', null],
  ['product', 'deal/product-missing', null],
  ['decision_role', 'deal/decision-role-missing', null],
  ['budget', 'deal/budget-missing', null],
  ['next_step', 'deal/next-step-missing', 'open'],
  ['next_activity', 'deal/next-activity-missing', 'open'],
  ['loss_reason', 'win/loss-reason-missing', 'lost'],
  ['win_reason', 'win/win-reason-missing', 'won'],
];
/** Filled in so many of the deals, a field is taken to be required. */
const FILLED_ENOUGH = 0.9;
/** Fewer deals show no habit. */
const FEWEST_DEALS = 10;
/** Points by which the share has to worsen before the audit fails. */
const WORSENING_POINTS = 5;
/** Fields that rules of the packs look after already. */
const OWN_RULES = ['amount', 'loss_reason'];

/** Filled deals and all deals of each stage; the last entry is for deals without a known stage. */
interface Fill {
  readonly filled: Int32Array;
  readonly deals: Int32Array;
}

interface Sum {
  readonly filled: number;
  readonly of: number;
}

function fillOf({ stage, stages, rowCount }: Dataset, column: Column): Fill {
  const filled = new Int32Array(stages.length + 1);
  const deals = new Int32Array(stages.length + 1);
  for (let row = 0; row < rowCount; row++) {
    const at = (stage[row] as number) < 0 ? stages.length : (stage[row] as number);
    deals[at]!++;
    if (isPresent(column, row)) filled[at]!++;
  }
  return { filled, deals };
}

function sumOver({ filled, deals }: Fill, holds: (stage: number) => boolean): Sum {
  let sum = { filled: 0, of: 0 };
  for (let stage = 0; stage < deals.length; stage++) {
    if (holds(stage)) sum = { filled: sum.filled + (filled[stage] as number), of: sum.of + (deals[stage] as number) };
  }
  return sum;
}

function isEnough({ filled, of }: Sum): boolean {
  return of >= FEWEST_DEALS && filled >= of * FILLED_ENOUGH;
}

/** The share of missing in tenths of a percent, rounded up so that the threshold read back does not trip on it. */
function tenthsOf(missing: number, of: number): number {
  let tenths = Math.ceil((missing / of) * 1000);
  while (missing / of > Number(String(tenths / 10)) / 100) tenths++;
  return tenths;
}

type Candidate = (typeof CANDIDATES)[number];

function draftOf(candidate: Candidate, from: string | null, { filled, of }: Sum): RequiredDraft {
  const [field, id, kind] = candidate;
  const missing = of - filled;
  const tenths = tenthsOf(missing, of);
  const warn = missing === 0 ? '> 0' : `> ${tenths / 10}%`;
  return { id, field, kind, from, missing, of, warn, fail: `> ${Math.ceil(tenths / 10) + WORSENING_POINTS}%` };
}

/** Where a field is filled: everywhere, else from the earliest stage on from which it is. */
function habitOf(dataset: Dataset, fill: Fill, kind: RequiredDraft['kind']): { from: number | null; sum: Sum } | null {
  const { stages } = dataset;
  const isOf = (stage: number): boolean => kind === null || stages[stage]?.kind === kind;
  const everywhere = sumOver(fill, isOf);
  if (isEnough(everywhere)) return { from: null, sum: everywhere };
  if (kind === 'lost' || kind === 'won') return null;
  for (const [from, { kind: kindOfStage }] of stages.entries()) {
    if (kindOfStage !== 'open' && kindOfStage !== 'won') continue;
    const own = { filled: fill.filled[from] as number, of: fill.deals[from] as number };
    const sum = sumOver(fill, (stage) => isOf(stage) && hasComeTo(dataset, stage, from));
    if (isEnough(sum) && own.filled >= own.of * FILLED_ENOUGH) return { from, sum };
  }
  return null;
}

/** The stage whose `require` has completeness count the field; -1 where it is about some deals only. */
function stageOfHabit(stages: Dataset['stages'], kind: RequiredDraft['kind'], from: number | null): number {
  if (kind === 'lost' || kind === 'won') return stages.findIndex((stage) => stage.kind === kind);
  if (kind === 'open') return -1;
  return from ?? stages.findIndex((stage) => stage.kind === 'open');
}

interface Habit {
  readonly candidate: Candidate;
  /** Index of the stage from which on the field is filled, null for everywhere. */
  readonly from: number | null;
  readonly sum: Sum;
}

function habitsOf(dataset: Dataset): Habit[] {
  return CANDIDATES.flatMap((candidate): Habit[] => {
    const [field, , kind] = candidate;
    const column = dataset.columns.get(field);
    const habit = column === undefined ? null : habitOf(dataset, fillOf(dataset, column), kind);
    return habit === null ? [] : [{ candidate, ...habit }];
  });
}

/** Where completeness counts which field: where it is filled today, and where the packs require others. */
function requireOfStages(
  { stages, columns }: Dataset,
  habits: readonly Habit[],
  packRequires: readonly (readonly string[])[],
): readonly (readonly string[])[] {
  const moved = new Set(
    habits.filter(({ candidate: [, , kind] }) => kind === null).map(({ candidate: [field] }) => field),
  );
  const placed = habits.map(({ candidate: [field, , kind], from }) => ({
    field,
    at: stageOfHabit(stages, kind, from),
  }));
  return stages.map((_, stage) => {
    const kept = (packRequires[stage] ?? []).filter((field) => columns.has(field) && !moved.has(field));
    return [...new Set([...placed.filter(({ at }) => at === stage).map(({ field }) => field), ...kept])];
  });
}

/**
 * Rules for the fields that the deals have filled so far, with thresholds that today’s gaps keep and a worsening breaks.
 * @param dataset by the stages that will be in force
 * @param packRequires one a stage of the dataset: fields the packs require there
 */
export function draftRequired(dataset: Dataset, packRequires: readonly (readonly string[])[]): RequiredDrafts {
  const habits = habitsOf(dataset);
  const rules = habits.map(({ candidate, from, sum }) =>
    draftOf(candidate, from === null ? null : (dataset.stages[from]?.id ?? null), sum),
  );
  const ofStages = requireOfStages(dataset, habits, packRequires);
  const amount = dataset.columns.get('amount');
  const hasRule = amount === undefined || rules.some(({ field }) => field === 'amount');
  return {
    rules,
    ofStages,
    except: [...new Set([...OWN_RULES, ...rules.map(({ field }) => field), ...ofStages.flat()])],
    amountFilled: hasRule ? null : sumOver(fillOf(dataset, amount), () => true),
  };
}

/** Whether the rule of the packs about the amount can run with these stages. */
export function amountRuleRuns(rules: readonly Rule[], stageIds: readonly string[]): boolean {
  const rule = rules.find(({ id }) => id === 'deal/amount-missing');
  const from = (rule?.options as { readonly from?: string | null } | undefined)?.from ?? null;
  return from === null || stageIds.includes(from);
}
