import type { z } from 'zod';
import type { Dataset, Journeys } from '../dataset/dataset.ts';
import type { Text } from '../i18n/text.ts';
import { wilson } from '../stats/intervals.ts';
import { kaplanMeier, survivalMedian } from '../stats/survival.ts';
import { type CheckContext, type CheckResult, defineKind, type PlacesResult, type Reference } from './define.ts';
import { durationArg } from './duration-arg.ts';
import { duration, type Zod } from './option-types.ts';
import { oddOwners } from './stage-use-owners.ts';
import { areTooShort, endedDays, splitOf } from './stage-use-split.ts';
import { visitsOfDeals } from './stage-use-visits.ts';

const FORMS = ['unused', 'redundant', 'split', 'odd-owner'] as const;

/** Deals or stays below which nothing is judged: fewer tell nothing, and two peaks need more to be told from one. */
const AT_LEAST = { unused: 20, redundant: 20, split: 50, 'odd-owner': 10 } as const;

const form = (z: Zod) =>
  z.enum(FORMS).meta({
    description:
      'What to look for: `unused` stages, `redundant` ones, ones to `split`, and an `odd-owner` who never uses a stage / 检查什么：`unused` 没有商机的阶段、`redundant` 形同虚设的阶段、`split` 宜拆分的阶段、`odd-owner` 从不使用某阶段的负责人',
  });
const share = (z: Zod) => z.string().regex(/^\d+(\.\d+)?%$/, 'expected a percentage such as 98% / 应为百分比，如 98%');
const rateOf = (percent: string): number => Number(percent.slice(0, -1)) / 100;

const DEFAULTS = { passThrough: 0.98, underDays: 1, variation: 2, chance: 0.01 };
const options = (z: Zod) =>
  z.union([
    form(z).transform((find) => ({ find, ...DEFAULTS, atLeast: AT_LEAST[find] as number })),
    z
      .strictObject({
        find: form(z).meta({
          description: 'One of those words, where other options are given too / 同上；需要写其他选项时用',
        }),
        pass_through: share(z).optional().meta({
          description:
            'With `redundant`: share of stays that go on (default 98%) / `redundant`：继续推进的占比，默认 98%',
        }),
        under: duration(z).optional().meta({
          description:
            'With `redundant`: half of the stays are shorter (default 1d) / `redundant`：停留中位数短于此，默认 1d',
        }),
        variation: z.number().positive().optional().meta({
          description:
            'With `split`: highest coefficient of variation of the stays (default 2) / `split`：停留时长的变异系数上限，默认 2',
        }),
        chance: share(z).optional().meta({
          description:
            'With `odd-owner`: how likely it may be by chance, over all owners and stages (default 1%) / `odd-owner`：纯属偶然的概率上限（全部负责人与阶段合计），默认 1%',
        }),
        at_least: z.int().positive().optional().meta({
          description:
            'Deals or stays needed to judge (default 20; 50 with `split`, 10 with `odd-owner`) / 至少多少条商机或停留才判断，默认 20；`split` 为 50，`odd-owner` 为 10',
        }),
      })
      .transform(({ find, pass_through, under, variation, chance, at_least }) => ({
        find,
        passThrough: pass_through === undefined ? DEFAULTS.passThrough : rateOf(pass_through),
        underDays: under ?? DEFAULTS.underDays,
        variation: variation ?? DEFAULTS.variation,
        chance: chance === undefined ? DEFAULTS.chance : rateOf(chance),
        atLeast: at_least ?? AT_LEAST[find],
      })),
  ]);

const messages = {
  unused: { en: 'no deal of {deals} is or was in {stage}', zh: '{deals} 条商机中没有一条在或到过「{stage}」' },
  redundant: {
    en: '{passed} of {ended} stays in {stage} went on, half of them within {median}',
    zh: '「{stage}」的 {ended} 次停留中有 {passed} 次继续推进，半数在 {median}内',
  },
  peaks: {
    en: '{share} of the {stays} stays in {stage} take about {lower}, the others about {upper}',
    zh: '「{stage}」的 {stays} 次停留里，{share} 约 {lower}，其余约 {upper}',
  },
  spread: {
    en: 'the {stays} stays in {stage} differ widely: half within {median}, one in ten over {p90}',
    zh: '「{stage}」的 {stays} 次停留差别很大：半数在 {median}内，十分之一超过 {p90}',
  },
  oddOwner: {
    en: '{owner} took {deals} deals past {stage} and used it for none; the others use it for {share}',
    zh: '{owner} 有 {deals} 条商机越过「{stage}」，从未使用该阶段；其他人有 {share} 使用',
  },
} as const;

type Context = CheckContext<z.output<ReturnType<typeof options>>, typeof messages>;
type Place = PlacesResult['places'][number];

const NEEDS_LOG: Text = {
  en: 'needs the change log (--history) or dates of the stages',
  zh: '需要阶段变更记录（--history）或各阶段的进入日期',
};
const GENERIC: Text = {
  en: 'needs a stage list of your own: the generic one names more stages than any funnel has',
  zh: '需要自己的阶段列表：通用列表的阶段比任何一个漏斗都多',
};

/** What a finding of a stage is about, and where the stage is declared. */
function placeOfStage(
  { stages, ruleset, sheet }: Dataset,
  index: number,
): Pick<Place, 'about' | 'row' | 'line' | 'table'> {
  const origin = stages[index]?.about?.origin;
  const file = origin?.file ?? ruleset.file ?? sheet.file;
  const about = [stages[index]?.id ?? ''];
  return { about, row: null, line: origin?.line ?? null, table: { file, sheet: null } };
}

function openStages({ stages }: Dataset): readonly number[] {
  return stages.flatMap(({ kind }, index) => (kind === 'open' ? [index] : []));
}

function stageArg({ stages }: Dataset, index: number): { stage: string } {
  return { stage: stages[index]?.id ?? '' };
}

function places(checked: number, found: readonly Place[]): PlacesResult {
  return { type: 'places', checked, places: found };
}

/** Stages that no picked deal is in, by table or log, now or ever. */
function checkUnused({ options: { atLeast }, dataset, selected, violation }: Context): CheckResult {
  if (dataset.ruleset.genericStages) return { type: 'not-run', reason: GENERIC };
  const used = new Uint8Array(dataset.stages.length);
  const { journeys } = dataset;
  let deals = 0;
  for (let deal = 0; deal < dataset.rowCount; deal++) {
    if (selected[deal] === 0) continue;
    deals++;
    const current = dataset.stage[deal] as number;
    if (current >= 0) used[current] = 1;
    if (journeys === null) continue;
    const after = journeys.offsets[deal + 1] as number;
    for (let stay = journeys.offsets[deal] as number; stay < after; stay++) used[journeys.stage[stay] as number] = 1;
  }
  const judged = deals < atLeast ? [] : openStages(dataset);
  const unused = judged.filter((index) => used[index] === 0);
  const found = unused.map((index) => ({
    ...violation('unused', { deals, stage: stageArg(dataset, index) }, null),
    ...placeOfStage(dataset, index),
  }));
  return places(judged.length, found);
}

/** From this many stays on, a share is what it is; of fewer, one that is a little lower may look like it by chance. */
const MANY_STAYS = 50;
const LEEWAY = 0.05;

function isPassedThrough(passed: number, ended: number, share: number): boolean {
  if (passed / ended <= share) return false;
  const [low] = wilson(passed, ended) ?? [0, 1];
  return ended >= MANY_STAYS || low > share - LEEWAY;
}

function checkRedundant(context: Context, journeys: Journeys): CheckResult {
  const { options: value, dataset, selected, violation } = context;
  const visits = visitsOfDeals(dataset, journeys, selected);
  const judged = openStages(dataset).filter((index) => (visits[index]?.endedCount ?? 0) >= value.atLeast);
  const found = judged.flatMap((index): Place[] => {
    const { days, ended, wentOn: passed, endedCount } = visits[index]!;
    const { median } = survivalMedian(kaplanMeier(days, ended));
    if (median === null || median >= value.underDays || !isPassedThrough(passed, endedCount, value.passThrough))
      return [];
    const args = { passed, ended: endedCount, stage: stageArg(dataset, index), median: durationArg(median) };
    return [{ ...violation('redundant', args, null), ...placeOfStage(dataset, index) }];
  });
  return places(judged.length, found);
}

function checkSplit({ options: value, dataset, selected, violation }: Context, journeys: Journeys): CheckResult {
  const visits = visitsOfDeals(dataset, journeys, selected);
  let checked = 0;
  const found = openStages(dataset).flatMap((index): Place[] => {
    const days = endedDays(visits[index]!, journeys.hasTime);
    if (days.length < value.atLeast || (!journeys.hasTime && areTooShort(days))) return [];
    checked++;
    const split = splitOf(days, value.variation);
    if (split === null) return [];
    const base = { stays: days.length, stage: stageArg(dataset, index) };
    const place = placeOfStage(dataset, index);
    if (split.sign === 'peaks') {
      const { lowerShare, lowerDays, upperDays } = split;
      const waits = { share: { rate: lowerShare }, lower: durationArg(lowerDays), upper: durationArg(upperDays) };
      return [{ ...violation('peaks', { ...base, ...waits }, null), ...place }];
    }
    const spread = { median: durationArg(split.medianDays), p90: durationArg(split.p90Days) };
    return [{ ...violation('spread', { ...base, ...spread }, null), ...place }];
  });
  return places(checked, found);
}

function checkOwners({ options: value, dataset, selected, violation }: Context, journeys: Journeys): CheckResult {
  const { compared, odd } = oddOwners(dataset, journeys, selected, value);
  const { rows, lines, partOfRow } = dataset.sheet;
  const found = odd.map(({ owner, stage, deals, othersShare, row }): Place => {
    const args = { owner, deals, stage: stageArg(dataset, stage), share: { rate: othersShare } };
    const part = partOfRow === undefined ? {} : { part: partOfRow[row] as number };
    const about = [owner, dataset.stages[stage]?.id ?? ''];
    return { ...violation('oddOwner', args, null), about, ...part, row: rows[row] ?? null, line: lines[row] ?? null };
  });
  return places(compared, found);
}

export default defineKind({
  kind: 'stage_use',
  title: { en: 'Use of the stages', zh: '阶段使用情况' },
  why: {
    en: 'A stage nobody uses, or that hides two different waits, makes conversion and dwell time mean little.',
    zh: '没人使用、或混着两种等待的阶段，会让转化率和停留时长失去意义。',
  },
  fix: {
    en: 'Drop, split or explain the stage when the stage list is next reviewed.',
    zh: '在下次回顾阶段划分时删除、拆分该阶段，或讲清其定义。',
  },
  options,
  messages,
  example: {
    rule: 'stage_use: {find: unused, at_least: 2}',
    bad: 'id,stage\n1,Lead\n2,Won\n',
    good: 'id,stage\n1,Lead\n2,Offer\n',
    stages:
      '[{id: lead, label: {en: Lead, zh: 线索}}, {id: offer, label: {en: Offer, zh: 报价}}, {id: won, kind: won, label: {en: Won, zh: 赢单}}, {id: lost, kind: lost, label: {en: Lost, zh: 输单}}]',
  },
  references: ({ find }): Reference[] => [
    { type: 'field', name: 'stage', path: [] },
    ...(find === 'odd-owner' ? [{ type: 'field', name: 'owner', path: [] } as const] : []),
  ],
  check(context) {
    const { find } = context.options;
    if (find === 'unused') return checkUnused(context);
    const { journeys } = context.dataset;
    // Between two exports a deal may have been in a stage unseen, and for how long nobody knows.
    if (journeys === null || journeys.from === 'snapshots') return { type: 'not-run', reason: NEEDS_LOG };
    if (find === 'redundant') return checkRedundant(context, journeys);
    return find === 'split' ? checkSplit(context, journeys) : checkOwners(context, journeys);
  },
});
