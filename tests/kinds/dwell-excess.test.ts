import { expect, it } from 'vitest';
import { createTranslator } from '../../src/i18n/translator.ts';
import { findingBlocks } from '../../src/report/findings-view.ts';
import { auditTables, ruleOf } from './audit-rules.ts';

const STAGES = `version: 1
extends: [funnelint:recommended]
stages:
  - {id: lead, label: {en: Lead, zh: 线索}}
  - {id: won, kind: won, label: {en: Won, zh: 赢单}}
  - {id: lost, kind: lost, label: {en: Lost, zh: 输单}}
`;
const DAY = 86_400_000;
const AS_OF = Date.parse('2026-06-01');

function day(ago: number): string {
  return new Date(AS_OF - ago * DAY).toISOString().slice(0, 10);
}

/**
 * Two deals enter each day for 400 days; of each fifty in turn the stays run through the quantiles of an exponential
 * distribution with mean 20, so that the open ones are a cross-section of what is usual.
 */
function steady(open = 0) {
  const deals: string[] = [];
  const log: string[] = [];
  for (let id = 0; id < 800; id++) {
    const ago = Math.floor(id / 2) + 1;
    const stay = Math.round(-20 * Math.log(1 - (((id * 21) % 50) + 0.5) / 50));
    const isOver = stay < ago;
    deals.push(`${id},${isOver ? 'Won' : 'Lead'}`);
    log.push(`${id},Lead,${day(ago)}`);
    if (isOver) log.push(`${id},Won,${day(ago - stay)}`);
  }
  for (let id = 0; id < open; id++) {
    deals.push(`late-${id},Lead`);
    log.push(`late-${id},Lead,${day(60)}`);
  }
  return {
    deals: `id,stage\n${deals.join('\n')}\n`,
    history: `deal_id,to_stage,changed_at\n${log.join('\n')}\n`,
  };
}

const OVER_TYPICAL = 'dwell/over-typical';

it('lets be what is over 1.5 times the usual stay at the best of times', async () => {
  const { verdict, counts, expectedShare } = ruleOf(await auditTables({ rules: STAGES, ...steady() }), OVER_TYPICAL);
  // Of exponential stays 1 - RMST(1.5 · 20 ln 2) / 20 = 2^-1.5 = 35 %.
  expect(expectedShare).toBeCloseTo(0.354, 1);
  expect(counts.violating / counts.checked).toBeGreaterThan(0.25);
  expect(verdict).toBe('pass');
});

it('warns of what exceeds it, and says how much is expected', async () => {
  const report = await auditTables({ rules: STAGES, ...steady(20) });
  const rule = ruleOf(report, OVER_TYPICAL);
  expect(rule.verdict).toBe('warn');
  const blocks = findingBlocks(report, createTranslator('en', report.labels), 0);
  expect(JSON.stringify(blocks)).toMatch(/about \d+(\.\d)?% expected/);
});

it('keeps to a threshold that is given besides', async () => {
  const rules = `${STAGES}rules:\n  ${OVER_TYPICAL}: {warn: "> 90%"}\n`;
  expect(ruleOf(await auditTables({ rules, ...steady(20) }), OVER_TYPICAL).verdict).toBe('pass');
});
