import type { Dataset } from '../dataset/dataset.ts';
import type { Ruleset, StageDefinition } from '../ruleset/ruleset.ts';
import type { DraftAnswers, StageDraft, StageGroup, StagesDraft } from './draft.ts';
import { stageFacts } from './stage-facts.ts';
import { definitionsOf, missingEnds, stageDrafts } from './stage-list.ts';
import { orderStages, type StageOrder } from './stage-order.ts';
import { gatherStageWords, type StageWords } from './stage-words.ts';
import { lastChangeDay, rebuilt, withStages } from './understand.ts';

/** The stages that are drafted, and the export by them. */
export interface DraftedStages {
  readonly stages: StagesDraft;
  readonly dataset: Dataset;
}

const CLOSED = ['won', 'lost', 'dormant'] as const;

function firstWord({ words }: StageGroup): string {
  return words[0]?.text ?? '';
}

function withKinds(groups: readonly StageGroup[], { kinds }: DraftAnswers): readonly StageGroup[] {
  return groups.map((group) => ({ ...group, kind: kinds?.get(firstWord(group)) ?? group.kind }));
}

function placesOf({ stages }: Ruleset): ReadonlyMap<string, number> {
  return new Map(stages.map(({ id }, index) => [id, index]));
}

/** Whether the vendor's own list says all that the file shows. */
function isOfPack(groups: readonly StageGroup[], { order, by, sure }: StageOrder, ruleset: Ruleset): boolean {
  if (ruleset.genericStages || groups.some(({ known }) => known === null)) return false;
  const places = placesOf(ruleset);
  const inOrder = order.map((index) => places.get(groups[index]?.known?.id ?? '') ?? -1);
  const asListed = inOrder.every((place, at) => at === 0 || place > (inOrder[at - 1] as number));
  return asListed || !sure || (by !== 'journeys' && by !== 'sort-column');
}

function chosenOrder(open: readonly StageGroup[], { order = [] }: DraftAnswers): readonly StageGroup[] {
  const named = order.flatMap((word) => open.filter((group) => firstWord(group) === word));
  return [...named, ...open.filter((group) => !named.includes(group))];
}

/** A status column, or words of won and lost, say how deals ended; or every word is known to be something else. */
function endsAreKnown(groups: readonly StageGroup[], { inputs }: Dataset): boolean {
  const has = (kind: string): boolean => groups.some((group) => group.kind === kind);
  const byStatus = inputs[0]?.notices.some(({ code }) => /^stage\/(?:won|lost)-by-status$/.test(code)) ?? false;
  return (
    (has('won') && has('lost')) || byStatus || groups.every(({ kind, known }) => kind !== 'open' || known !== null)
  );
}

function withoutList({ header, strangers, tooMany }: StageWords): Omit<StagesDraft, 'known'> {
  return {
    header,
    list: null,
    facts: [],
    strangers,
    tooMany,
    orderedBy: 'known',
    orderIsSure: true,
    endsAreKnown: true,
  };
}

/** The list that will be written: open stages in order, then the closed ones, with won and lost in any case. */
function listOf(
  groups: readonly StageGroup[],
  { order, unplaced }: StageOrder,
  ruleset: Ruleset,
  answers: DraftAnswers,
): readonly StageDraft[] {
  const open = order.map((index) => groups[index] as StageGroup);
  const closed = CLOSED.flatMap((kind) => groups.filter((group) => group.kind === kind));
  const lost = new Set([...unplaced].map((index) => groups[index] as StageGroup));
  const all = [...chosenOrder(open, answers), ...closed];
  const ends = missingEnds(groups, ruleset);
  const placed = answers.order === undefined ? lost : new Set<StageGroup>();
  return stageDrafts(
    [...all, ...ends].sort((a, b) => rankOf(a) - rankOf(b)),
    placed,
    ruleset,
  );
}

function rankOf({ kind }: StageGroup): number {
  return kind === 'open' ? 0 : 1 + CLOSED.indexOf(kind);
}

/**
 * Drafts the stages of an export; where the vendor's pack has all of them in this order, its list stays in force.
 * @param ruleset what the export is read by, with the stages of the packs
 */
export function draftStages(dataset: Dataset, ruleset: Ruleset, answers: DraftAnswers): DraftedStages {
  const words = gatherStageWords(dataset, ruleset);
  const groups = withKinds(words.groups, answers);
  if (groups.length === 0) {
    return { stages: { ...withoutList(words), known: [] }, dataset };
  }
  const provisional = stageDrafts([...groups, ...missingEnds(groups, ruleset)], new Set(), ruleset);
  const byWord = rebuilt(dataset, withStages(ruleset, definitionsOf(provisional)));
  const order = orderStages(byWord, groups, placesOf(ruleset));
  const isChanged = answers.order !== undefined || answers.kinds !== undefined;
  if (!isChanged && isOfPack(groups, order, ruleset)) {
    const known = [...groups].sort((a, b) => placeOf(a, ruleset.stages) - placeOf(b, ruleset.stages));
    return { stages: { ...withoutList(words), known }, dataset };
  }
  const list = listOf(groups, order, ruleset, answers);
  // Visits that last are as old as the export is, whatever the day it is looked at.
  const final = rebuilt(dataset, withStages(ruleset, definitionsOf(list)), lastChangeDay(byWord));
  const stages: StagesDraft = {
    ...withoutList(words),
    list,
    facts: stageFacts(final),
    known: [],
    orderedBy: answers.order === undefined ? order.by : 'user',
    orderIsSure: order.sure || answers.order !== undefined,
    endsAreKnown: endsAreKnown(groups, byWord),
  };
  return { stages, dataset: final };
}

function placeOf({ known }: StageGroup, stages: readonly StageDefinition[]): number {
  return known === null ? stages.length : stages.indexOf(known);
}
