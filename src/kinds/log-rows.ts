import type { Dataset, Journeys } from '../dataset/dataset.ts';
import type { Text } from '../i18n/text.ts';
import { cellOf } from '../source/sheet.ts';
import { defineKind } from './define.ts';
import type { Zod } from './option-types.ts';

const REASONS = ['unknown-stage', 'unreadable-time'] as const;
type Reason = (typeof REASONS)[number];

const REASON_NAMES: Readonly<Record<Reason, Text>> = {
  'unknown-stage': { en: 'its stage is not in the stage list', zh: '阶段不在阶段列表中' },
  'unreadable-time': { en: 'its time cannot be read', zh: '时间无法读取' },
};

/** With a wrong stage list every row of a log is a finding; so many of one kind tell no more than the count does. */
const MOST_DESCRIBED = 10_000;

function rowsOf(journeys: Journeys, reason: Reason): readonly number[] {
  return reason === 'unknown-stage' ? journeys.unknownStageRows : journeys.unreadableTimeRows;
}

/** The first cells of a row of the change log, for a person to recognise it. */
function excerptOf({ historySheet }: Dataset, row: number): string {
  const cells = (historySheet?.columns ?? []).slice(0, 4).map((column) => cellOf(column, row));
  return cells.join(' · ');
}

export default defineKind({
  kind: 'log_rows',
  about: 'file',
  title: { en: 'Rows of the change log count', zh: '变更记录各行有效' },
  why: {
    en: 'A change whose stage or time is not understood is in no conversion and no dwell time.',
    zh: '阶段或时间无法识别的变更，不会计入转化率和停留时长。',
  },
  fix: {
    en: 'Add the old name of the stage to `match` of its stage in the rules file, or mend the time.',
    zh: '在规则文件对应阶段的 `match` 里加上旧名称，或更正时间。',
  },
  options: (z: Zod) =>
    z
      .array(z.enum(REASONS))
      .min(1)
      .meta({ description: `A list of reasons: ${REASONS.join(', ')} / 原因列表：${REASONS.join('、')}` }),
  messages: { unused: { en: 'row not counted, {reason}: {excerpt}', zh: '此行未计入，{reason}：{excerpt}' } },
  example: {
    rule: 'log_rows: [unknown-stage, unreadable-time]',
    bad: 'id,stage\n1,Lead\n',
    good: 'id,stage\n2,Lead\n',
    history: 'deal_id,stage,changed_at\n1,Dreaming,2026-01-01\n1,Lead,someday\n',
  },
  references: () => [{ type: 'history' }],
  check({ options: reasons, dataset, violation }) {
    const { journeys, historySheet } = dataset;
    if (journeys === null || historySheet === null) {
      return {
        type: 'not-run',
        reason: { en: 'needs the change log (--history)', zh: '需要阶段变更记录（--history）' },
      };
    }
    const found = reasons.flatMap((reason) => rowsOf(journeys, reason).map((row) => ({ reason, row })));
    const places = found.slice(0, MOST_DESCRIBED).map(({ reason, row: historyRow }) => ({
      ...violation('unused', { reason: { text: REASON_NAMES[reason] }, excerpt: excerptOf(dataset, historyRow) }, null),
      about: [reason, excerptOf(dataset, historyRow)],
      historyRow,
      row: historySheet.rows[historyRow] ?? null,
      line: historySheet.lines[historyRow] ?? null,
    }));
    return { type: 'places', checked: journeys.rowsRead, violating: found.length, places };
  },
});
