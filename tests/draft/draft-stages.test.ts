import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStageMatcher } from '../../src/dataset/stage-match.ts';
import { csv, type Drafted, drafted, loaded, stagesOf } from './draft-fixture.ts';

function idsOf(made: Drafted): readonly unknown[] {
  return stagesOf(made).map(({ id }) => id);
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** A list of deals, one of each row of values behind an id. */
function deals(header: string, rows: readonly string[]): string {
  return `Deal ID,${header}\n${rows.map((row, index) => `D-${index + 1},${row}\n`).join('')}`;
}

describe('the order of the stages', () => {
  it('is that in which deals move through them, whatever the order of the columns', async () => {
    const header = 'Stage,Date entered "Talks (Sales)",Date entered "Discovery (Sales)",Date entered "Paper (Sales)"';
    const rows = Array.from({ length: 24 }, (_, index) => {
      const day = String(1 + (index % 9)).padStart(2, '0');
      return `${['Discovery', 'Talks', 'Closed Won', 'Lost'][index % 4]},2026-02-${day},2026-01-${day},2026-03-${day}`;
    });
    const made = await drafted(csv(deals(header, rows)));
    expect(idsOf(made)).toEqual(['discovery', 'talks', 'paper', 'closed-won', 'lost']);
    expect(made.draft.stages.orderedBy).toBe('journeys');
    expect(stagesOf(made)[0]).toMatchObject({ max_dwell: '35d' });
    expect(made.text).toContain('max_dwell: observed p90 of 24 visits');
    expect(made.text).toContain('# rules: {dwell/over-days: on}');
  });

  it('is that of a column that sorts them', async () => {
    const made = await drafted(csv(deals('Stage,StageSortOrder', ['Fire,3', 'Spark,1', 'Flame,2', 'Spark,1'])));
    expect(idsOf(made).slice(0, 3)).toEqual(['spark', 'flame', 'fire']);
    expect(made.draft.stages.orderIsSure).toBe(true);
  });

  it('is that of their numbers', async () => {
    const made = await drafted(csv(deals('Stage', ['3. Fire', '1. Spark', '10. Ash', '2. Flame'])));
    expect(idsOf(made).slice(0, 4)).toEqual(['1-spark', '2-flame', '3-fire', '10-ash']);
  });

  it('is that of the probability, which is noted where enough deals show it', async () => {
    const rows = ['Fire,80%', 'Fire,81%', 'Fire,79%', 'Spark,10%', 'Spark,11%', 'Spark,12%', 'Flame,40%'];
    const made = await drafted(csv(deals('Stage,Probability', rows)));
    expect(stagesOf(made).slice(0, 3)).toEqual([
      { id: 'spark', label: 'Spark', match: ['Spark'], probability: '10%' },
      { id: 'flame', label: 'Flame', match: ['Flame'] },
      { id: 'fire', label: 'Fire', match: ['Fire'], probability: '80%' },
    ]);
  });

  it('is that of the packs, with words they do not know last and said so', async () => {
    const made = await drafted(
      csv(deals('阶段', ['商务谈判', '意向登记', '方案报价', '初步接触', '赢单', '丢单'])),
      {},
      'zh',
    );
    expect(idsOf(made)).toEqual(['contact', 'proposal', 'negotiation', 'stage-1', 'won', 'lost']);
    expect(made.text).toMatch(/意向登记.*请移到正确的位置/);
    expect(made.draft.stages.orderIsSure).toBe(false);
  });

  it('is guessed by the age of the deals where nothing else tells', async () => {
    const rows = ['Fire,2026-01-01', 'Spark,2026-04-01', 'Flame,2026-03-01'];
    const made = await drafted(csv(deals('Stage,Created Date', rows)));
    expect(idsOf(made).slice(0, 3)).toEqual(['spark', 'flame', 'fire']);
    expect(made.text).toContain('CHECK: guessed by the age');
  });

  it('is what the user says', async () => {
    const file = csv(deals('Stage', ['Fire', 'Spark', 'Flame', 'Gone']));
    const kinds = new Map([['Gone', 'lost']] as const);
    const made = await drafted(file, { order: ['Spark', 'Flame'], kinds });
    expect(idsOf(made)).toEqual(['spark', 'flame', 'fire', 'won', 'gone']);
    expect(made.draft.stages.orderIsSure).toBe(true);
  });
});

describe('the words of the stages', () => {
  it('are those of the file, and won and lost are there even if no deal is', async () => {
    const made = await drafted(csv(deals('Stage', ['Lead', '线索', 'lead ', 'Deal on hold', 'Project lost to X'])));
    expect(stagesOf(made)).toMatchObject([
      { id: 'lead', label: { en: 'Lead', zh: '线索' }, match: ['Lead', 'lead', '线索'] },
      { id: 'won', kind: 'won' },
      { id: 'project-lost-to-x', kind: 'lost', match: ['Project lost to X'] },
      { id: 'deal-on-hold', kind: 'dormant' },
    ]);
  });

  it('of a vendor are left to its pack, with their counts', async () => {
    const header = 'Opportunity ID,Opportunity Name,Stage,Amount,Opportunity Owner,Close Date,Next Step,Lead Source';
    const row = (id: number, stage: string): string =>
      `006${id},Deal ${id},${stage},${id}000,Ann,2026-07-01,call,Web\n`;
    const made = await drafted(
      csv(`${header}\n${row(1, 'Prospecting')}${row(2, 'Closed Won')}${row(3, 'prospecting')}`),
    );
    expect(made.yaml['extends']).toEqual(['funnelint:recommended', 'funnelint:salesforce']);
    expect(made.yaml).not.toHaveProperty('stages');
    expect(made.text).toContain('#   prospecting: Prospecting (1), prospecting (1)');
  });

  it('of a vendor with words of their own are all listed, known ones by the ids of the pack', async () => {
    const header = 'Opportunity ID,Opportunity Name,Stage,Amount,Opportunity Owner,Close Date,Next Step,Lead Source';
    const row = (id: number, stage: string): string =>
      `006${id},Deal ${id},${stage},${id}000,Ann,2026-07-01,call,Web\n`;
    const made = await drafted(csv(`${header}\n${row(1, 'Needs Analysis')}${row(2, 'Pilot')}${row(3, 'Closed Won')}`));
    expect(idsOf(made)).toEqual(['needs-analysis', 'pilot', 'closed-won', 'closed-lost']);
  });

  it('that hardly any deal has are no stages', async () => {
    const rows = Array.from({ length: 400 }, (_, index) => ['Lead', 'Proposal', 'Won', 'Lost'][index % 4] as string);
    const made = await drafted(csv(deals('Stage', [...rows, 'Dreaming'])));
    expect(idsOf(made)).toEqual(['lead', 'proposal', 'won', 'lost']);
    expect(made.text).toContain('# Not taken for stages (rows): Dreaming (1)');
  });

  it('of a column of free text are none', async () => {
    const made = await drafted(
      csv(
        deals(
          'Stage',
          Array.from({ length: 60 }, (_, index) => `note ${index} of it`),
        ),
      ),
    );
    expect(made.yaml).not.toHaveProperty('stages');
    expect(made.text).toContain('60 different values');
    loaded(made.text);
  });

  it('survive whatever they are, each in a stage of its own', async () => {
    const word = fc
      .oneof(
        fc.string({ unit: fc.constantFrom(...'"\'#:{}[],&*!|>%@-~ \n\\aB1商') }),
        fc.constantFrom('lead', 'Lead!', '线索', 'true', 'won'),
      )
      .filter((text) => /[\p{L}#{}[\]&*!|%@~]/u.test(text));
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(word, { minLength: 2, maxLength: 8 }), async (words) => {
        const made = await drafted(csv(deals('Stage', words.map(quoted))));
        const written = stagesOf(made).flatMap(({ match }) => match as string[]);
        const taken = made.draft.stages.list?.flatMap(({ match }) => match) ?? [];
        expect(written).toEqual(taken);
        const { stages } = loaded(made.text);
        const match = createStageMatcher(stages);
        for (const [index, { words: own }] of (made.draft.stages.list ?? []).entries()) {
          for (const { text } of own) expect(match(text)).toEqual({ index, exact: true });
        }
      }),
      { numRuns: 60 },
    );
  });
});
