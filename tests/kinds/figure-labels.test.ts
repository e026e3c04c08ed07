import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../src/i18n/translator.ts';
import { FIGURE_LABELS, figureName } from '../../src/kinds/figure-labels.ts';
import { FIGURES } from '../../src/ruleset/expression/figures.ts';
import { auditTables, messagesOf } from './audit-rules.ts';

const LABELS = {
  fields: { account: { en: 'Account', zh: '客户' } },
  stages: { lead: { en: 'Lead', zh: '线索' }, won: { en: 'Won', zh: '赢单' } },
};

function shown(...[call, source, part]: Parameters<typeof figureName>): readonly string[] {
  return (['en', 'zh'] as const).map((lang) => createTranslator(lang, LABELS).value(figureName(call, source, part)));
}

it('names every figure that rules can name, and no other', () => {
  expect(Object.keys(FIGURE_LABELS).sort()).toEqual([...FIGURES.keys()].sort());
});

it.each(Object.entries(FIGURE_LABELS))('%s has words in both languages', (figure, { alone, with: whole = alone }) => {
  for (const text of [alone, whole]) {
    expect(text.en).toMatch(/^(?:\p{Lu}|\{of\})/u);
    expect(text.zh).toMatch(/\p{Script=Han}/u);
    expect(text.en + text.zh).not.toContain(figure.includes('_') ? figure : '_');
  }
  expect(alone.en + alone.zh).not.toContain('{');
});

describe('figureName', () => {
  it('has the arguments by their labels', () => {
    const [lead, won] = ['lead', 'won'].map((stage) => ({ type: 'stage', stage }) as const);
    expect(shown({ figure: 'conversion', args: [lead!, won!] }, 'conversion(lead, won)', null)).toEqual([
      'Conversion Lead → Won',
      '转化率 线索 → 赢单',
    ]);
    expect(shown({ figure: 'conversion', args: [lead!] }, 'conversion(lead)', null)).toEqual([
      'Conversion Lead → next stage',
      '转化率 线索 → 下一阶段',
    ]);
    expect(shown({ figure: 'cliff', args: [lead!] }, 'cliff(lead)', null)[0]).toBe(
      'Loss in Lead, in times of the median stage',
    );
    expect(shown({ figure: 'filled', args: [{ type: 'field', field: 'account' }] }, '', null)).toEqual([
      'Account: share filled',
      '客户的填写率',
    ]);
    expect(shown({ figure: 'volatility', args: [{ type: 'word', word: 'win_rate' }] }, '', null)).toEqual([
      'Spread of win rate',
      '赢单率的波动幅度',
    ]);
    expect(shown({ figure: 'weighted', args: [{ type: 'word', word: 'stage' }] }, '', null)).toEqual([
      'Weighted pipeline (stage)',
      '加权漏斗金额（stage）',
    ]);
  });

  it('does not name its stage again behind it, and goes on in lower case', () => {
    const call = { figure: 'dwell', args: [{ type: 'stage', stage: 'lead' }] } as const;
    expect(shown(call, 'dwell(any)', 'stage')).toEqual(['time in stage', '停留时长']);
    expect(shown({ figure: 'win_rate', args: [] }, 'win_rate', 'segment')[0]).toBe('win rate');
  });

  it('takes a condition as the rule writes it', async () => {
    const rules = `version: 1
extends: [funnelint:recommended]
rules:
  my/rule: {metric: share(stage.kind = lost), fail: "> 10%", mode: point}
`;
    const rows = Array.from({ length: 20 }, (_, deal) => `${deal},${deal < 5 ? 'Lost' : 'Won'}`);
    const report = await auditTables({ rules, deals: `id,stage\n${rows.join('\n')}\n` });
    expect(messagesOf(report, 'my/rule')).toEqual([
      'Share of deals with stage.kind = lost is 25% (5 of 20); bad is > 10%',
    ]);
    expect(messagesOf(report, 'my/rule', 'zh')).toEqual([
      '符合 stage.kind = lost 的商机占比：25%（5/20），触发阈值 > 10%',
    ]);
  });
});
