import { z } from 'zod';
import type { Text } from '../i18n/text.ts';
import type { SetAsideReason } from '../source/sheet.ts';
import { defineKind } from './define.ts';

const REASONS = [
  'footer',
  'total',
  'ragged',
  'quote',
  'repeated-header',
  'beside-table',
  'description',
  'sub-row',
  'other-table',
  'superseded',
] as const;

const REASON_NAMES: Readonly<Record<SetAsideReason, Text>> = {
  blank: { en: 'blank', zh: '空行' },
  footer: { en: 'footer', zh: '页脚' },
  total: { en: 'total', zh: '合计行' },
  ragged: { en: 'not as many cells as the header', zh: '单元格数与表头不符' },
  quote: { en: 'unbalanced quotes', zh: '引号不配对' },
  'repeated-header': { en: 'the header again', zh: '重复的表头' },
  'beside-table': { en: 'outside the table', zh: '表格之外' },
  description: { en: 'describes the columns', zh: '列说明' },
  'sub-row': { en: 'further line of the deal above', zh: '上一商机的子表行' },
  'other-table': { en: 'part of another table', zh: '属于另一张表' },
  superseded: { en: 'older copy of a deal', zh: '同一商机的旧记录' },
};

export default defineKind({
  kind: 'set_aside',
  title: { en: 'Rows that are no deals', zh: '未计入的行' },
  why: {
    en: 'Rows in the file = rows audited + rows set aside; a deal that was set aside is in no figure.',
    zh: '文件行数 = 已检查行数 + 未计入行数；未计入的商机不在任何指标里。',
  },
  fix: {
    en: 'Broken rows: export again, or mend the row. Totals and footers need nothing.',
    zh: '损坏的行：重新导出或修正该行。合计与页脚无需处理。',
  },
  options: z
    .array(z.enum(REASONS))
    .min(1)
    .meta({
      description: `A list of reasons: ${REASONS.join(', ')} / 原因列表：${REASONS.join('、')}`,
    }),
  messages: { setAside: { en: 'row set aside ({reason}): {excerpt}', zh: '此行未计入（{reason}）：{excerpt}' } },
  example: {
    rule: 'set_aside: [ragged]',
    bad: 'id,stage\n1,Lead,surplus\n',
    good: 'id,stage\n1,Lead\n',
  },
  references: () => [],
  check({ options: reasons, dataset, violation }) {
    const wanted = new Set<SetAsideReason>(reasons);
    const places = dataset.sheet.setAside
      .filter((aside) => wanted.has(aside.reason))
      .map(({ row, line, reason, excerpt }) => ({
        ...violation('setAside', { reason: { text: REASON_NAMES[reason] }, excerpt }, null),
        row,
        line,
      }));
    return { type: 'places', checked: dataset.rowCount + dataset.sheet.setAside.length, places };
  },
});
