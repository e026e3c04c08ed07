import type { SetAsideReason } from '../source/sheet.ts';
import { defineKind } from './define.ts';
import type { Zod } from './option-types.ts';
import { SET_ASIDE_REASONS } from './set-aside-reasons.ts';

const REASONS = [
  'footer',
  'total',
  'ragged',
  'quote',
  'cut-off',
  'repeated-header',
  'beside-table',
  'description',
  'sub-row',
  'other-table',
  'superseded',
] as const;

/** Totals and footers say another number or date each week. */
function aboutOf(reason: SetAsideReason, excerpt: string): readonly string[] {
  const changesWeekly = reason === 'footer' || reason === 'total';
  return [reason, changesWeekly ? excerpt.replace(/\p{Nd}+/gu, '#') : excerpt];
}

export default defineKind({
  kind: 'set_aside',
  about: 'file',
  title: { en: 'Rows that are no deals', zh: '未计入的行' },
  why: {
    en: 'Rows in the file = rows audited + rows set aside; a deal that was set aside is in no figure.',
    zh: '文件行数 = 已检查行数 + 未计入行数；未计入的商机不在任何指标里。',
  },
  fix: {
    en: 'Broken rows: export again, or mend the row. Totals and footers need nothing.',
    zh: '损坏的行：重新导出或修正该行。合计与页脚无需处理。',
  },
  options: (z: Zod) =>
    z
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
      .map(({ row, line, reason, excerpt, part }) => ({
        ...violation('setAside', { reason: { text: SET_ASIDE_REASONS[reason] }, excerpt }, null),
        about: aboutOf(reason, excerpt),
        row,
        line,
        ...(part === undefined ? {} : { part }),
      }));
    return { type: 'places', checked: dataset.rowCount + dataset.sheet.setAside.length, places };
  },
});
