import { z } from 'zod';
import { type Dataset, EXIT, type Journeys } from '../dataset/dataset.ts';
import { DAY_MILLIS, isoOf } from '../dataset/values/calendar.ts';
import { stayDays } from '../dataset/visits.ts';
import { defineKind, HOLDS, type Reference, VIOLATES, type Violation } from './define.ts';
import { duration, stageName } from './option-types.ts';
import { blankOutcome } from './outcome.ts';

const MOVES = [
  'skip',
  'regression',
  'reopening',
  'reentry',
  'instant',
  'late-start',
  'bulk',
  'gap',
  'no-history',
] as const;
const move = z.enum(MOVES).meta({
  description:
    'What must not happen: `skip` a stage, `regression`, `reopening` after closing, `reentry`, `instant` passing, `late-start`, `bulk` moves on one day, `gap` between table and log, `no-history` of a closed deal / 不应出现的情况：`skip` 跳过阶段、`regression` 退回、`reopening` 关闭后重开、`reentry` 再次进入、`instant` 瞬间通过、`late-start` 从后段开始、`bulk` 单日批量修改、`gap` 表与记录不一致、`no-history` 已关闭却无记录',
});

const options = z.union([
  move.transform((forbid) => ({ forbid, limit: null as number | null, underDays: 60 / 86_400, moves: null })),
  z
    .strictObject({
      forbid: move.optional().meta({
        description: 'One of those words, where other options are given too / 同上；需要写其他选项时用',
      }),
      limit: z.int().positive().optional().meta({
        description:
          'With `reentry`: visits a stage may have (default 1); with `bulk`: moves one owner may make on one day (default 20) / `reentry`：同一阶段最多进入几次，默认 1；`bulk`：同一负责人单日最多流转几次，默认 20',
      }),
      under: duration.optional().meta({
        description:
          'With `instant`: a stay shorter than this (default 60s) / `instant`：停留短于此即为瞬间通过，默认 60s',
      }),
      moves: z.record(stageName, z.array(stageName)).optional().meta({
        description:
          'In place of forbid: for a stage the stages it may move to, such as {lead: [qualified, lost]} / 代替 forbid：某阶段允许流转到的阶段，如 {lead: [qualified, lost]}',
      }),
    })
    .refine((value) => (value.forbid === undefined) !== (value.moves === undefined), 'expected either forbid or moves')
    .transform((value) => ({
      forbid: value.forbid ?? null,
      limit: value.limit ?? null,
      underDays: value.under ?? 60 / 86_400,
      moves: value.moves ?? null,
    })),
]);
type Options = z.output<typeof options>;

const messages = {
  skip: {
    en: 'went from {from} to {to} on {date}, over the stages between',
    zh: '{date} 从「{from}」直接到「{to}」，跳过了中间阶段',
  },
  regression: { en: 'went back from {from} to {to} on {date}', zh: '{date} 从「{from}」退回「{to}」' },
  reopening: {
    en: 'closed as {from}, opened again at {to} on {date}',
    zh: '以「{from}」关闭后，{date} 又回到「{to}」',
  },
  reentry: { en: 'entered {to} again on {date}, after {from}', zh: '{date} 从「{from}」再次进入「{to}」' },
  instant: { en: 'left {from} for {to} at once on {date}', zh: '{date} 进入「{from}」后立即转到「{to}」' },
  lateStart: {
    en: 'starts at {to} on {date}, without an earlier stage',
    zh: '{date} 直接从「{to}」开始，没有更早的阶段',
  },
  bulk: {
    en: 'moved to {to} on {date} with many other deals of its owner',
    zh: '{date} 与同一负责人的大量商机一起移到「{to}」',
  },
  gap: { en: 'the table says {from}, the history ends with {to}', zh: '表中阶段为「{from}」，变更记录最后为「{to}」' },
  noHistory: {
    en: 'closed as {from}, but the history has no row for it',
    zh: '已以「{from}」关闭，但变更记录中没有它',
  },
  notAllowed: {
    en: 'went from {from} to {to} on {date}, which the process does not allow',
    zh: '{date} 从「{from}」到「{to}」，流程不允许',
  },
} as const;

/** Whether the step from stay `stay` to the next one (or the beginning of `stay`) is one the rule forbids. */
type StepTest = (stay: number, first: number, after: number, deal: number) => boolean;

function openStagesBackwards(dataset: Dataset): readonly number[] {
  return dataset.stages.flatMap((stage, index) => (stage.kind === 'open' ? [index] : [])).reverse();
}

function allowedMoves(dataset: Dataset, moves: Readonly<Record<string, readonly string[]>>): StepTest {
  const indexOf = new Map(dataset.stages.map((stage, index) => [stage.id, index]));
  const allowed = new Map<number, Set<number>>();
  for (const [from, targets] of Object.entries(moves)) {
    allowed.set(indexOf.get(from) ?? -1, new Set(targets.map((target) => indexOf.get(target) ?? -1)));
  }
  const { stage } = dataset.journeys as Journeys;
  return (stay, _first, after) => {
    if (stay + 1 >= after) return false;
    const targets = allowed.get(stage[stay] as number);
    return targets !== undefined && !targets.has(stage[stay + 1] as number);
  };
}

/** Stays that began on a day on which their deal's owner moved more deals than the limit. */
function bulkTest(dataset: Dataset, limit: number): StepTest {
  const { offsets, start } = dataset.journeys as Journeys;
  const owners = dataset.columns.get('owner');
  const counts = new Map<number, number>();
  const keyOf = (deal: number, stay: number): number =>
    ((owners?.codes[deal] ?? 0) + 1) * 1_000_000 + Math.floor((start[stay] as number) / DAY_MILLIS);
  for (let deal = 0; deal < dataset.rowCount; deal++) {
    for (let stay = (offsets[deal] as number) + 1; stay < (offsets[deal + 1] as number); stay++) {
      const key = keyOf(deal, stay);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return (stay, first, _after, deal) => stay > first && (counts.get(keyOf(deal, stay)) ?? 0) > limit;
}

function reentryTest({ stage }: Journeys, limit: number): StepTest {
  return (stay, first) => {
    let visits = 0;
    for (let earlier = first; earlier <= stay; earlier++) if (stage[earlier] === stage[stay]) visits++;
    return visits > limit;
  };
}

function stepTest(dataset: Dataset, { forbid, limit, underDays, moves }: Options): StepTest {
  const journeys = dataset.journeys as Journeys;
  const { exit, stage } = journeys;
  const kindOf = (stay: number): string | undefined => dataset.stages[stage[stay] as number]?.kind;
  if (moves !== null) return allowedMoves(dataset, moves);
  const lateStages = new Set(openStagesBackwards(dataset).slice(0, 2));
  switch (forbid) {
    case 'skip':
      return (stay) => exit[stay] === EXIT.skipForward;
    case 'regression':
      return (stay) => exit[stay] === EXIT.backward;
    case 'reopening':
      return (stay, _first, after) =>
        stay + 1 < after && (kindOf(stay) === 'won' || kindOf(stay) === 'lost') && kindOf(stay + 1) === 'open';
    case 'reentry':
      return reentryTest(journeys, limit ?? 1);
    case 'instant':
      return (stay, _first, after) =>
        stay + 1 < after && kindOf(stay) === 'open' && stayDays(journeys, stay, dataset.asOfDay) < underDays;
    case 'late-start':
      return (stay, first) => stay === first && lateStages.has(stage[stay] as number);
    case 'bulk':
      return bulkTest(dataset, limit ?? 20);
    default:
      return () => false;
  }
}

const MESSAGE_OF = {
  skip: 'skip',
  regression: 'regression',
  reopening: 'reopening',
  reentry: 'reentry',
  instant: 'instant',
  'late-start': 'lateStart',
  bulk: 'bulk',
  gap: 'gap',
  'no-history': 'noHistory',
} as const;

/** Steps named by where they arrive: for these the stay itself is the offence, for the others its end is. */
const ARRIVALS: ReadonlySet<string> = new Set(['reentry', 'late-start', 'bulk']);

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
    ...(forbid === 'bulk' ? [{ type: 'field', name: 'owner', path: [] } as const] : []),
    ...Object.entries(moves ?? {}).flatMap(([from, targets]): Reference[] => [
      { type: 'stage', name: from, path: ['moves', from] },
      ...targets.map((name, index): Reference => ({ type: 'stage', name, path: ['moves', from, index] })),
    ]),
  ],
  check({ options: value, dataset, selected, violation }) {
    const { journeys } = dataset;
    if (journeys === null) return { type: 'not-run', reason: { en: 'needs --history', zh: '需要 --history' } };
    if (value.forbid === 'instant' && !journeys.hasTime) {
      return { type: 'not-run', reason: { en: 'the change log has no times of day', zh: '变更记录没有时分' } };
    }
    const { offsets, stage, start, row: historyRows } = journeys;
    const isOffence = stepTest(dataset, value);
    const lastStage = (deal: number): number => stage[(offsets[deal + 1] as number) - 1] as number;
    const idOf = (index: number): { stage: string } => ({ stage: dataset.stages[index]?.id ?? '' });

    /** `gap` and `no-history` compare the table with the log as a whole; undefined for the other moves. */
    const wholeDeal = (deal: number, first: number, after: number): boolean | undefined => {
      const current = dataset.stage[deal] as number;
      if (value.forbid === 'gap') return first < after && current >= 0 && lastStage(deal) !== current;
      if (value.forbid !== 'no-history') return undefined;
      const kind = dataset.stages[current]?.kind;
      return first === after && (kind === 'won' || kind === 'lost');
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
    const message = value.forbid === null ? 'notAllowed' : MESSAGE_OF[value.forbid];
    const describeStay = (stay: number, first: number): Violation => {
      const arrival = value.forbid !== null && ARRIVALS.has(value.forbid);
      const to = arrival ? stay : stay + 1;
      const from = arrival ? Math.max(first, stay - 1) : stay;
      const args = {
        from: idOf(stage[from] as number),
        to: idOf(stage[to] as number),
        date: { date: isoOf(Math.floor((start[to] as number) / DAY_MILLIS)) },
      };
      return { ...violation(message, args, 'stage'), historyRow: historyRows[to] as number };
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
          if (isOffence(stay, first, after, deal)) found.push(describeStay(stay, first));
        }
        return found;
      },
    };
  },
});
