import type { Dataset } from '../dataset/dataset.ts';
import { isoOf } from '../dataset/values/calendar.ts';
import type { ArgValue, Text } from '../i18n/text.ts';
import type { Origin, Ruleset, StageDefinition } from '../ruleset/ruleset.ts';
import type { ConfigCheck, Flaw } from './config-messages.ts';

/** Where a stage is written; a list that no file holds counts as the first line of the rules. */
export function placeOfStage(stage: StageDefinition | undefined, { file, packs }: Ruleset): Origin {
  return stage?.about?.origin ?? { file: file ?? `funnelint:${packs.at(-1) ?? 'recommended'}`, line: 1 };
}

/** A stage as a slot of a message. */
export function named({ id }: StageDefinition): ArgValue {
  return { stage: id };
}

function isBlank(text: Text | null | undefined): boolean {
  return text === null || text === undefined || (text.en.trim() === '' && text.zh.trim() === '');
}

/** How many stages lead to a win: the open ones and the won ones. */
export function checkCount(ruleset: Ruleset, limits: { readonly min: number; readonly max: number }): ConfigCheck {
  const { stages } = ruleset;
  const count = stages.filter(({ kind }) => kind === 'open' || kind === 'won').length;
  const at = placeOfStage(stages[0], ruleset);
  const flaws: Flaw[] = [];
  if (count < limits.min) flaws.push({ message: 'fewStages', args: { count, limit: limits.min }, at });
  if (count > limits.max) flaws.push({ message: 'manyStages', args: { count, limit: limits.max }, at });
  return { checked: 1, flaws };
}

const NAME: Text = { en: 'name', zh: '名称' };
const DEFINITION: Text = { en: 'definition', zh: '定义' };

/**
 * Stages without a name or a definition. A name is the label, or a word of the export; with `both` a stage needs name and
 * definition, else one of them is enough.
 */
export function checkDefined(ruleset: Ruleset, both: boolean): ConfigCheck {
  const { stages } = ruleset;
  const flaws = stages.flatMap((stage): Flaw[] => {
    const hasName =
      (stage.about?.hasLabel !== false && !isBlank(stage.label)) || stage.match.some((word) => word.trim());
    const hasDefinition = !isBlank(stage.about?.definition);
    if (hasName && hasDefinition) return [];
    if (!both && (hasName || hasDefinition)) return [];
    const lacking = [...(hasName ? [] : [NAME]), ...(hasDefinition ? [] : [DEFINITION])];
    return [lacks(stage, lacking, ruleset)];
  });
  return { checked: stages.length, flaws };
}

function lacks(stage: StageDefinition, parts: readonly Text[], ruleset: Ruleset): Flaw {
  const args = { stage: named(stage), parts: { list: parts.map((text) => ({ text })) } };
  return { message: 'lacks', args, at: placeOfStage(stage, ruleset) };
}

const GOAL: Text = { en: 'goal', zh: '目标' };
const DELIVERABLE: Text = { en: 'deliverable', zh: '输出物' };
const SUCCESS: Text = { en: 'measure of success', zh: '成功标准' };

/** Open stages without goal, deliverable or measure of success. */
export function checkGoals(ruleset: Ruleset): ConfigCheck {
  const open = ruleset.stages.filter(({ kind }) => kind === 'open');
  const flaws = open.flatMap((stage): Flaw[] => {
    const lacking = [
      ...(isBlank(stage.about?.goal) ? [GOAL] : []),
      ...((stage.about?.deliverable ?? null) === null ? [DELIVERABLE] : []),
      ...(isBlank(stage.about?.success) ? [SUCCESS] : []),
    ];
    return lacking.length === 0 ? [] : [lacks(stage, lacking, ruleset)];
  });
  return { checked: open.length, flaws };
}

/** Open stages without exit criteria. */
export function checkExits(ruleset: Ruleset): ConfigCheck {
  const open = ruleset.stages.filter(({ kind }) => kind === 'open');
  const flaws = open
    .filter(({ exit }) => exit === null)
    .map((stage): Flaw => ({ message: 'noCriteria', args: { stage: named(stage) }, at: placeOfStage(stage, ruleset) }));
  return { checked: open.length, flaws };
}

/** A stage of the kind says which deals are won or lost, or a column of the export does. */
function isTold({ ruleset, columns }: Dataset, kind: 'won' | 'lost'): boolean {
  const column = ruleset.source.outcome[kind];
  return ruleset.stages.some((stage) => stage.kind === kind) || (column !== null && columns.has(column));
}

/** Nothing tells which deals are won. */
export function checkEnd(dataset: Dataset): ConfigCheck {
  if (isTold(dataset, 'won')) return { checked: 1, flaws: [] };
  const at = placeOfStage(dataset.ruleset.stages.at(-1), dataset.ruleset);
  return { checked: 1, flaws: [{ message: isTold(dataset, 'lost') ? 'noWon' : 'noEnd', args: {}, at }] };
}

/** Won deals are told, and lost ones are not; where neither are, `checkEnd` says so. */
export function checkLost(dataset: Dataset): ConfigCheck {
  if (isTold(dataset, 'lost') || !isTold(dataset, 'won')) return { checked: 1, flaws: [] };
  const at = placeOfStage(dataset.ruleset.stages.at(-1), dataset.ruleset);
  return { checked: 1, flaws: [{ message: 'noLost', args: {}, at }] };
}

/** All stages that say what their criteria rest on name what the seller does. */
export function checkEvidence(ruleset: Ruleset): ConfigCheck {
  const told = ruleset.stages.filter(({ about }) => (about?.evidence ?? null) !== null);
  const customer = told.some(({ about }) => about?.evidence !== 'activity');
  if (told.length === 0 || customer) return { checked: told.length, flaws: [] };
  const args = { stages: { list: told.map(named) } };
  return { checked: told.length, flaws: [{ message: 'sellerOnly', args, at: placeOfStage(told[0], ruleset) }] };
}

/** Stages that ask for more fields than `limit`, in the stage list and in `required` rules that start there. */
export function checkRequired(ruleset: Ruleset, limit: number): ConfigCheck {
  const flaws = ruleset.stages.flatMap((stage): Flaw[] => {
    const fields = [...new Set([...stage.require, ...requiredByRules(ruleset, stage.id)])];
    if (fields.length <= limit) return [];
    const list = { list: fields.map((field) => ({ field })) };
    const args = { stage: named(stage), count: fields.length, limit, fields: list };
    return [{ message: 'manyRequired', args, at: placeOfStage(stage, ruleset) }];
  });
  return { checked: ruleset.stages.length, flaws };
}

function requiredByRules({ allRules }: Ruleset, stage: string): readonly string[] {
  return allRules.flatMap(({ kind, off, options }) => {
    if (kind !== 'required' || off || typeof options !== 'object' || options === null) return [];
    const { from, fields } = options as { readonly from?: unknown; readonly fields?: unknown };
    return from === stage && Array.isArray(fields) ? fields.map(String) : [];
  });
}

/** The day by which the stage list was to be looked at again has passed. */
export function checkReview({ ruleset, asOfDay }: Dataset): ConfigCheck {
  const { reviewByDay, reviewByOrigin } = ruleset;
  if (reviewByDay === null) return { checked: 0, flaws: [] };
  if (reviewByDay >= asOfDay) return { checked: 1, flaws: [] };
  const at = reviewByOrigin ?? placeOfStage(ruleset.stages[0], ruleset);
  return { checked: 1, flaws: [{ message: 'reviewDue', args: { date: { date: isoOf(reviewByDay) } }, at }] };
}
