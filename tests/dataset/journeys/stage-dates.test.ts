import { describe, expect, it } from 'vitest';
import { findStageDates } from '../../../src/dataset/journeys/stage-dates.ts';
import type { StageDefinition } from '../../../src/ruleset/ruleset.ts';

function stage(id: string, en: string, zh: string, kind: StageDefinition['kind'] = 'open'): StageDefinition {
  const rest = { match: [en, zh], probability: null, maxDwellDays: null, require: [], exit: null };
  return { id, label: { en, zh }, kind, ...rest };
}

const STAGES = [stage('demo', 'Demo', '演示'), stage('offer', 'Offer', '报价'), stage('won', 'Won', '赢单', 'won')];

describe('findStageDates', () => {
  it.each([
    [
      'HubSpot labels',
      ['Deal', 'Date entered "Offer (Sales Pipeline)"', 'Date entered "Demo (Sales Pipeline)"'],
      [2, 1],
    ],
    ['HubSpot internal names', ['hs_v2_date_entered_demo', 'hs_date_entered_offer'], [0, 1]],
    ['Chinese', ['进入“演示”阶段时间', '报价进入日期'], [0, 1]],
    ['with a closed stage', ['Date entered "Demo"', 'Date entered "Offer"', 'Date entered "Won"'], [0, 1, 2]],
    ['of two for one stage the first', ['Date entered "Demo"', 'Date entered "Demo"', 'Date entered "Offer"'], [0, 2]],
  ])('reads %s, in funnel order', (_, headers, indexes) => {
    expect(findStageDates(headers, STAGES, () => false).map(({ index }) => index)).toEqual(indexes);
  });

  it.each([
    ['an open stage without a column', ['Date entered "Demo"', 'Date entered "Won"']],
    ['dates that are no entries', ['Create Date', 'Date exited "Demo"', 'Offer date']],
    ['stages of another funnel', ['Date entered "A"', 'Date entered "B"']],
  ])('finds nothing with %s', (_, headers) => {
    expect(findStageDates(headers, STAGES, () => false)).toEqual([]);
  });
});
