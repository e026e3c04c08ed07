import type { Dataset } from '../dataset/dataset.ts';
import type { Text } from '../i18n/text.ts';
import { defineKind } from './define.ts';
import type { Zod } from './option-types.ts';

const INPUTS = ['previous', 'history'] as const;
type Input = (typeof INPUTS)[number];

const input = (z: Zod) =>
  z.enum(INPUTS).meta({
    description:
      '`previous`: an earlier export of the same list; `history`: the change log / `previous`：同一列表的早期导出；`history`：阶段变更记录',
  });

const options = (z: Zod) =>
  z.union([input(z).transform((name) => [name]), z.array(input(z)).min(1)]).meta({
    description:
      'What the audit is to be given beside the deals: previous (an earlier export), history (the change log) / 除商机外还应提供：previous（早期导出）、history（阶段变更记录）',
  });

const NAMES: Readonly<Record<Input, Text>> = {
  previous: { en: 'an earlier export (--previous)', zh: '早期导出（--previous）' },
  history: { en: 'the change log (--history)', zh: '阶段变更记录（--history）' },
};

function isGiven(name: Input, { inputs, historySheet }: Dataset): boolean {
  return name === 'history' ? historySheet !== null : inputs.some(({ role }) => role === 'previous');
}

export default defineKind({
  kind: 'given',
  about: 'file',
  title: { en: 'The audit has what it compares with', zh: '体检有可对比的数据' },
  why: {
    en: 'Without an earlier export or a change log nothing can be said of how the funnel moves.',
    zh: '没有早期导出或变更记录，就看不出漏斗是怎样变化的。',
  },
  fix: {
    en: 'Keep each export, and give the last one with --previous, or the change log with --history.',
    zh: '保留每次导出的文件，体检时用 --previous 传入上一次的，或用 --history 传入变更记录。',
  },
  options,
  messages: { absent: { en: 'the audit was not given {input}', zh: '体检时没有提供{input}' } },
  example: {
    rule: 'given: history',
    bad: 'id,stage\n1,Lead\n',
    good: 'id,stage\n1,Lead\n',
    goodHistory: 'deal_id,to_stage,changed_at\n1,Lead,2026-05-01\n',
  },
  references: () => [],
  check({ options: names, dataset, violation }) {
    const places = names
      .filter((name) => !isGiven(name, dataset))
      .map((name) => ({ ...violation('absent', { input: { text: NAMES[name] } }, null), row: null, line: null }));
    return { type: 'places', checked: names.length, places };
  },
});
