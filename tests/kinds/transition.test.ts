import { describe, expect, it } from 'vitest';
import { auditTables, dealsOf, ruleOf } from './audit-rules.ts';

const STAGES = `version: 1
extends: [funnelint:recommended]
stages:
  - {id: lead, label: {en: Lead, zh: 线索}}
  - {id: offer, label: {en: Offer, zh: 报价}}
  - {id: contract, label: {en: Contract, zh: 合同}}
  - {id: won, kind: won, label: {en: Won, zh: 赢单}}
  - {id: lost, kind: lost, label: {en: Lost, zh: 输单}}
  - {id: resting, kind: dormant, label: {en: Resting, zh: 搁置}}
`;

/** `1: Lead Offer Won` becomes the log of a deal that moved every week. */
function logOf(journeys: Readonly<Record<string, string>>): string {
  const lines = Object.entries(journeys).flatMap(([deal, stages]) =>
    stages
      .split(' ')
      .map((stage, week) => `${deal},${stage},2026-0${1 + Math.floor(week / 4)}-0${1 + (week % 4) * 2} 10:00`),
  );
  return `deal_id,stage,changed_at\n${lines.join('\n')}\n`;
}

function audit(journeys: Readonly<Record<string, string>>, rules = STAGES) {
  const deals = Object.entries(journeys).map(([deal, stages]) => `${deal},${stages.split(' ').at(-1)}`);
  return auditTables({ rules, deals: `id,stage\n${deals.join('\n')}\n`, history: logOf(journeys) });
}

describe('a stage that is left out', () => {
  it('may lie before a win as well as before an open stage', async () => {
    const report = await audit({
      step: 'Lead Offer Contract Won',
      jump: 'Lead Contract Won',
      win: 'Lead Offer Won',
      loss: 'Lead Lost',
      return: 'Lead Offer Lost Contract Won',
    });
    expect(dealsOf(report, 'process/skipped-stage')).toEqual(['jump', 'win']);
  });
});

describe('going back', () => {
  it('is from an open stage to an earlier one; coming back after closing is reopening', async () => {
    const report = await audit({
      back: 'Lead Offer Lead',
      reopened: 'Lead Lost Offer',
      woken: 'Lead Resting Offer',
      forward: 'Lead Offer Contract',
    });
    expect(dealsOf(report, 'process/moved-back')).toEqual(['back']);
    expect(dealsOf(report, 'process/reopened')).toEqual(['reopened']);
  });
});

describe('a late start', () => {
  it('is in one of the last two open stages', async () => {
    const report = await audit({ first: 'Lead Offer', second: 'Offer Won', last: 'Contract Won' });
    expect(dealsOf(report, 'process/created-late')).toEqual(['second', 'last']);
  });

  it('is never the first stage of a short funnel', async () => {
    const rules = STAGES.replace(/ {2}- \{id: offer.*\n/, '');
    const report = await audit({ first: 'Lead Won', last: 'Contract Won' }, rules);
    expect(dealsOf(report, 'process/created-late')).toEqual(['last']);
  });
});

describe('a closed deal without a row in the log', () => {
  const history = logOf({ known: 'Lead Won' });

  it('is found', async () => {
    const deals = 'id,stage\nknown,Won\nsilent,Lost\nopen,Lead\n';
    const report = await auditTables({ rules: STAGES, deals, history });
    expect(dealsOf(report, 'process/closed-without-history')).toEqual(['silent']);
    expect(ruleOf(report, 'process/closed-without-history').counts).toMatchObject({ checked: 3, violating: 1 });
  });

  it('is not the second row of one that has some', async () => {
    const deals = 'id,stage\nknown,Won\nknown,Won\n,Won\n';
    const report = await auditTables({ rules: STAGES, deals, history });
    expect(dealsOf(report, 'process/closed-without-history')).toEqual([null]);
    expect(dealsOf(report, 'duplicate/id')).toEqual(['known', 'known']);
  });
});
