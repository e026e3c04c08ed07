import { describe, expect, it } from 'vitest';
import { dealStages } from '../../src/dataset/outcome.ts';
import type { SourceSettings } from '../../src/ruleset/ruleset.ts';
import { columnOf, stagesOf } from './dataset-fixture.ts';

const STAGES = stagesOf({ lead: 'open', offer: 'open', won: 'won', lost: 'lost', invalid: 'lost' });
const BOTH = { won: 'status', lost: 'status' };

function stagesWith(
  stages: readonly (string | null)[],
  statuses: readonly (string | null)[] | null,
  outcome: SourceSettings['outcome'] = BOTH,
): readonly string[] {
  const status = statuses === null ? [] : [['status', columnOf('status', 'text', statuses)] as const];
  const columns = new Map([['stage', columnOf('stage', 'text', stages)] as const, ...status]);
  const source = { outcome } as SourceSettings;
  const { stage } = dealStages({ columns, rowCount: stages.length, stages: STAGES }, source);
  return [...stage].map((index) => STAGES[index]?.id ?? '-');
}

describe('dealStages', () => {
  it.each([
    ['closes what the status closes', ['lead', 'offer', 'lead'], ['Won', '输单', 'Open'], ['won', 'lost', 'lead']],
    ['closes deals of unknown stages', ['other', null], ['won', 'lost'], ['won', 'lost']],
    ['takes a closed stage by its own name', ['lead', 'lead'], ['invalid', 'Verloren'], ['invalid', 'lost']],
    ['takes bare numbers for codes of another list', ['lead'], ['1'], ['lead']],
    ['goes by the stage where a stage is won', ['won', 'offer'], ['lost', 'lost'], ['won', 'offer']],
    ['goes by the stage where a stage is lost', ['lost', 'offer'], [null, 'won'], ['lost', 'offer']],
    ['goes by the stage where there is no status', ['lead', 'offer'], null, ['lead', 'offer']],
  ])('%s', (_, stages, statuses, expected) => {
    expect(stagesWith(stages, statuses)).toEqual(expected);
  });

  it('lets a status tell lost deals alone, beside stages that are won', () => {
    const lostOnly = { won: null, lost: 'status' };
    expect(stagesWith(['won', 'offer', 'lead'], ['Won', 'Lost', 'Won'], lostOnly)).toEqual(['won', 'lost', 'lead']);
    expect(stagesWith(['lost', 'offer'], ['Lost', 'Lost'], lostOnly)).toEqual(['lost', 'offer']);
  });

  it('asks no other column where the rules name none', () => {
    expect(stagesWith(['lead'], ['Won'], { won: null, lost: null })).toEqual(['lead']);
  });
});
