import { type Dataset, type Journeys, PRESENT } from '../dataset/dataset.ts';
import { DAY_MILLIS, isoOf } from '../dataset/values/calendar.ts';
import type { Text } from '../i18n/text.ts';
import { defineKind, HOLDS, type Reference, VIOLATES, type Violation } from './define.ts';
import { duration, stageName, type Zod } from './option-types.ts';
import { blankOutcome } from './outcome.ts';
import type { BulkMoves, BulkSpan } from './transition-bulk.ts';
import { bulkOf, MOVES, type StepOptions, stepTest } from './transition-steps.ts';

const move = (z: Zod) =>
  z.enum(MOVES).meta({
    description:
      'What must not happen: `skip` a stage, `regression`, `reopening` after closing, `reentry`, `instant` passing, `late-start`, `bulk` moves by one person, `gap` between table and log, `no-history` of a closed deal / 不应出现的情况：`skip` 跳过阶段、`regression` 退回、`reopening` 关闭后重开、`reentry` 再次进入、`instant` 瞬间通过、`late-start` 从后段开始、`bulk` 同一人批量修改、`gap` 表与记录不一致、`no-history` 已关闭却无记录',
  });

const options = (z: Zod) =>
  z.union([
    move(z).transform((forbid) => ({
      forbid,
      limit: null as number | null,
      underDays: 60 / 86_400,
      span: 'day' as BulkSpan,
      moves: null,
    })),
    z
      .strictObject({
        forbid: move(z).optional().meta({
          description: 'One of those words, where other options are given too / 同上；需要写其他选项时用',
        }),
        limit: z.int().positive().optional().meta({
          description:
            'With `reentry`: visits a stage may have (default 1); with `bulk`: moves one person may make on one day (default 20) / `reentry`：同一阶段最多进入几次，默认 1；`bulk`：同一人单日最多流转几次，默认 20',
        }),
        under: duration(z).optional().meta({
          description:
            'With `instant`: a stay shorter than this (default 60s) / `instant`：停留短于此即为瞬间通过，默认 60s',
        }),
        within: z.enum(['minute', 'day']).optional().meta({
          description:
            'With `bulk`: moves in one minute, or on one day (the default) / `bulk`：同一分钟内，或同一天（默认）',
        }),
        moves: z
          .union([z.literal('one-forward'), z.record(stageName(z), z.array(stageName(z)))])
          .optional()
          .meta({
            description:
              'In place of forbid: for a stage the stages it may move to, such as {lead: [qualified, lost]}; or `one-forward`: the next open stage, a win from the last one, a loss from any / 代替 forbid：某阶段允许流转到的阶段，如 {lead: [qualified, lost]}；或 `one-forward`：只能前进一个阶段，最后阶段可赢单，任何阶段可输单',
          }),
      })
      .refine(
        (value) => (value.forbid === undefined) !== (value.moves === undefined),
        'expected either forbid or moves / 应写 forbid 或 moves 之一',
      )
      .transform((value) => ({
        forbid: value.forbid ?? null,
        limit: value.limit ?? null,
        underDays: value.under ?? 60 / 86_400,
        span: value.within ?? ('day' as BulkSpan),
        moves: value.moves ?? null,
      })),
  ]);

const messages = {
  skip: {
    en: 'went from {from} to {to} on {date}, skipping what lies between',
    zh: '{date} 从「{from}」直接到「{to}」，跳过中间阶段',
  },
  regression: { en: 'went back from {from} to {to} on {date}', zh: '{date} 从「{from}」退回「{to}」' },
  reopening: {
    en: 'closed as {from}, opened again at {to} on {date}',
    zh: '以「{from}」关闭后，{date} 又回到「{to}」',
  },
  reentry: { en: 'entered {to} again on {date}, after {from}', zh: '{date} 从「{from}」再次进入「{to}」' },
  instant: {
    en: 'passed through {from} to {to} within moments on {date}',
    zh: '{date} 刚进入「{from}」就转到「{to}」',
  },
  lateStart: {
    en: 'begins at {to} on {date}, with no earlier stage',
    zh: '{date} 直接从「{to}」开始，没有更早的阶段',
  },
  bulk: {
    en: 'moved to {to} on {date}, one of {count} moves by {person} at once',
    zh: '{date} 改为「{to}」，是 {person} 一次批量修改的 {count} 条之一',
  },
  gap: {
    en: 'the table says {from}, the change log ends with {to}',
    zh: '表中阶段为「{from}」，变更记录最后为「{to}」',
  },
  noHistory: {
    en: 'closed as {from}, but the change log has no row for it',
    zh: '已关闭（{from}），但变更记录里没有该商机',
  },
  notAllowed: {
    en: 'went from {from} to {to} on {date}, which the process does not allow',
    zh: '{date} 从「{from}」到「{to}」，流程不允许这样流转',
  },
} as const;

const MESSAGE_OF = {
  skip: 'skip',
  regression: 'regression',
  reopening: 'reopening',
  reentry: 'reentry',
  instant: 'instant',
  'late-start': 'lateStart',
  gap: 'gap',
  'no-history': 'noHistory',
} as const;

const NEEDS_LOG: Text = { en: 'needs the change log (--history)', zh: '需要阶段变更记录（--history）' };
const NEEDS_TIMES: Text = { en: 'the change log has no times of day', zh: '变更记录没有时分' };
const NEEDS_PERSON: Text = { en: 'neither log nor table names who moved a deal', zh: '变更记录和表中都没有修改人' };

/** What dates of stages cannot show: entering again overwrites a date, and nothing stands beside them to compare. */
const LOG_ONLY: ReadonlySet<string> = new Set(['reentry', 'reopening', 'bulk', 'gap', 'no-history']);

function obstacleOf({ forbid, span }: StepOptions, { from, hasTime }: Journeys, bulk: BulkMoves | null): Text | null {
  if (from !== 'history' && forbid !== null && LOG_ONLY.has(forbid)) return NEEDS_LOG;
  const needsTimes = forbid === 'instant' || (forbid === 'bulk' && span === 'minute');
  if (needsTimes && !hasTime) return NEEDS_TIMES;
  return forbid === 'bulk' && bulk === null ? NEEDS_PERSON : null;
}

/** Steps named by where they arrive: for these the stay itself is the offence, for the others its end is. */
const ARRIVALS: ReadonlySet<string> = new Set(['reentry', 'late-start', 'bulk']);

/** Whether the log speaks of the id of a deal. Of rows with one id only the first is joined to it. */
function historyById(dataset: Dataset, { offsets }: Journeys): (deal: number) => boolean {
  const ids = dataset.columns.get('id');
  if (ids === undefined) return () => false;
  const known = new Uint8Array(ids.texts.length);
  for (let deal = 0; deal < dataset.rowCount; deal++) {
    if (offsets[deal] !== offsets[deal + 1]) known[ids.codes[deal] as number] = 1;
  }
  return (deal) => {
    const code = ids.codes[deal] as number;
    return ids.state[code] === PRESENT && known[code] === 1;
  };
}

export default defineKind({
  kind: 'transition',
  title: { en: 'Moves between stages', zh: '阶段流转' },
  why: {
    en: 'Conversion and dwell time are only as true as the moves they are counted from.',
    zh: '转化率和停留时长是否可信，取决于阶段流转是否真实。',
  },
  fix: {
    en: 'Move deals one stage at a time, when the step happens; correct moves made by mistake.',
    zh: '在事情发生时逐级推进；误操作的流转请更正。',
  },
  options,
  messages,
  example: {
    rule: 'transition: skip',
    bad: 'id,stage\n1,Negotiation\n',
    good: 'id,stage\n2,Qualified\n3,Lost\n',
    history:
      'deal_id,stage,changed_at\n1,Lead,2026-01-01\n1,Negotiation,2026-01-05\n2,Lead,2026-01-01\n2,Qualified,2026-01-03\n3,Lead,2026-01-01\n3,Lost,2026-01-09\n',
    stages:
      '[{id: lead, label: {en: Lead, zh: 线索}}, {id: qualified, label: {en: Qualified, zh: 已确认}}, {id: negotiation, label: {en: Negotiation, zh: 谈判}}, {id: won, kind: won, label: {en: Won, zh: 赢单}}, {id: lost, kind: lost, label: {en: Lost, zh: 输单}}]',
  },
  references: ({ forbid, moves }): Reference[] => [
    { type: 'history' },
    ...(forbid === 'bulk' ? [{ type: 'field', name: 'owner', path: [], optional: true } as const] : []),
    ...Object.entries(moves === 'one-forward' ? {} : (moves ?? {})).flatMap(([from, targets]): Reference[] => [
      { type: 'stage', name: from, path: ['moves', from] },
      ...targets.map((name, index): Reference => ({ type: 'stage', name, path: ['moves', from, index] })),
    ]),
  ],
  check({ options: value, dataset, selected, violation }) {
    const { journeys } = dataset;
    if (journeys === null) return { type: 'not-run', reason: NEEDS_LOG };
    const bulk = bulkOf(dataset, value);
    const obstacle = obstacleOf(value, journeys, bulk);
    if (obstacle !== null) return { type: 'not-run', reason: obstacle };
    const { offsets, stage, start, row: historyRows } = journeys;
    const isOffence = stepTest(dataset, value, bulk);
    const sharesHistory = value.forbid === 'no-history' ? historyById(dataset, journeys) : () => false;
    const lastStage = (deal: number): number => stage[(offsets[deal + 1] as number) - 1] as number;
    const idOf = (index: number): { stage: string } => ({ stage: dataset.stages[index]?.id ?? '' });

    /** `gap` and `no-history` compare the table with the log as a whole; undefined for the other moves. */
    const wholeDeal = (deal: number, first: number, after: number): boolean | undefined => {
      const current = dataset.stage[deal] as number;
      if (value.forbid === 'gap') return first < after && current >= 0 && lastStage(deal) !== current;
      if (value.forbid !== 'no-history') return undefined;
      const kind = dataset.stages[current]?.kind;
      return first === after && (kind === 'won' || kind === 'lost') && !sharesHistory(deal);
    };
    const offends = (deal: number): boolean => {
      const first = offsets[deal] as number;
      const after = offsets[deal + 1] as number;
      const whole = wholeDeal(deal, first, after);
      if (whole !== undefined) return whole;
      for (let stay = first; stay < after; stay++) if (isOffence(stay, first, after, deal)) return true;
      return false;
    };

    const outcome = blankOutcome(dataset);
    for (let deal = 0; deal < dataset.rowCount; deal++) {
      if (selected[deal] === 0) continue;
      const hasHistory = offsets[deal] !== offsets[deal + 1];
      if (hasHistory || value.forbid === 'no-history') outcome[deal] = offends(deal) ? VIOLATES : HOLDS;
    }
    const message =
      value.forbid === null || value.forbid === 'bulk' ? ('notAllowed' as const) : MESSAGE_OF[value.forbid];
    const describeStay = (stay: number, first: number, deal: number): Violation => {
      const arrival = value.forbid !== null && ARRIVALS.has(value.forbid);
      const to = arrival ? stay : stay + 1;
      const from = idOf(stage[arrival ? Math.max(first, stay - 1) : stay] as number);
      const args = {
        to: idOf(stage[to] as number),
        date: { date: isoOf(Math.floor((start[to] as number) / DAY_MILLIS)) },
      };
      const inBulk = bulk && { count: bulk.sizeAt(stay, deal), person: bulk.personAt(stay, deal) };
      const found = inBulk
        ? violation('bulk', { ...args, ...inBulk }, 'stage')
        : violation(message, { ...args, from }, 'stage');
      return { ...found, historyRow: historyRows[to] as number };
    };
    return {
      type: 'rows',
      outcome,
      describe: (deal) => {
        const first = offsets[deal] as number;
        const after = offsets[deal + 1] as number;
        if (wholeDeal(deal, first, after) !== undefined) {
          const from = idOf(dataset.stage[deal] as number);
          const to = first === after ? { stage: '' } : idOf(lastStage(deal));
          return [violation(message, { from, to, date: null }, 'stage')];
        }
        const found: Violation[] = [];
        for (let stay = first; stay < after; stay++) {
          if (isOffence(stay, first, after, deal)) found.push(describeStay(stay, first, deal));
        }
        return found;
      },
    };
  },
});
