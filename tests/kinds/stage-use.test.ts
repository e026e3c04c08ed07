import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitOf } from '../../src/kinds/stage-use-split.ts';
import { auditTables, messagesOf, ruleOf } from './audit-rules.ts';

const rulesWith = (rule: string): string => `version: 1
extends: [funnelint:recommended]
stages:
  - {id: lead, label: {en: Lead, zh: 线索}}
  - {id: offer, label: {en: Offer, zh: 报价}}
  - {id: contract, label: {en: Contract, zh: 合同}}
  - {id: won, kind: won, label: {en: Won, zh: 赢单}}
  - {id: lost, kind: lost, label: {en: Lost, zh: 输单}}
rules:
  my/use: {stage_use: ${rule}, severity: info}
`;

interface Walk {
  readonly owner?: string;
  /** Stage and day of May on which it was entered, such as `Lead 1`. */
  readonly steps: readonly string[];
}

function audit(rule: string, walks: readonly Walk[]) {
  const last = ({ steps }: Walk): string => steps.at(-1)!.split(' ')[0]!;
  const deals = walks.map((walk, id) => `${id},${last(walk)},${walk.owner ?? 'Ann'}`);
  const history = walks.flatMap(({ steps }, id) =>
    steps.map((step) => {
      const [stage, day, time = ''] = step.split(' ');
      return `${id},${stage},2026-05-${day!.padStart(2, '0')} ${time}`.trim();
    }),
  );
  return auditTables({
    rules: rulesWith(rule),
    deals: `id,stage,owner\n${deals.join('\n')}\n`,
    history: `deal_id,to_stage,changed_at\n${history.join('\n')}\n`,
  });
}

const times = <Value>(count: number, value: Value): readonly Value[] => Array(count).fill(value);

describe('an unused stage', () => {
  it('has no deal now and had none before, and is found where it is declared', async () => {
    const report = await audit('{find: unused, at_least: 3}', [
      ...times(2, { steps: ['Lead 1', 'Won 5'] }),
      { steps: ['Contract 2', 'Lost 4'] },
    ]);
    expect(messagesOf(report, 'my/use')).toEqual(['no deal of 3 is or was in Offer']);
    expect(report.findings.find(({ rule }) => rule === 'my/use')!.at).toMatchObject({ cell: null, line: 5 });
    expect(ruleOf(report, 'my/use').counts).toMatchObject({ checked: 3, violating: 1 });
  });

  it('is not looked for among a handful of deals', async () => {
    const report = await audit('unused', times(19, { steps: ['Lead 1'] }));
    expect(ruleOf(report, 'my/use').verdict).toBe('no-data');
  });

  it('is not looked for in the generic list', async () => {
    const rules = 'version: 1\nextends: [funnelint:recommended]\nrules:\n  my/use: {stage_use: unused}\n';
    const report = await auditTables({ rules, deals: 'id,stage\n1,Lead\n' });
    expect(ruleOf(report, 'my/use').verdict).toBe('not-run');
  });
});

describe('a redundant stage', () => {
  const through = { steps: ['Lead 1 09:00', 'Offer 2 09:00', 'Contract 2 15:00'] };

  it('lets nearly everything go on within a day', async () => {
    const report = await audit('redundant', times(50, through));
    expect(messagesOf(report, 'my/use')).toEqual(['50 of 50 stays in Offer went on, half of them within 6 hours']);
    // Nothing has left the contract, so nothing is known of it.
    expect(ruleOf(report, 'my/use').counts).toMatchObject({ checked: 2, violating: 1 });
  });

  it('is none that may let one in ten stay behind, by so few stays', async () => {
    // Wilson's lower limit of 20 of 20 is 20 / (20 + 3.84) = 84 %, which is below 98 % less 5 points.
    const report = await audit('redundant', times(20, through));
    expect(messagesOf(report, 'my/use')).toEqual([]);
    expect(ruleOf(report, 'my/use').counts).toMatchObject({ checked: 2, violating: 0 });
  });

  it('is none where deals are lost or sent back', async () => {
    const lost = { steps: ['Lead 1 09:00', 'Offer 2 09:00', 'Lost 2 15:00'] };
    const report = await audit('redundant', [...times(48, through), lost]);
    // 48 of 49 are 97.96 %.
    expect(messagesOf(report, 'my/use')).toEqual([]);
  });

  it('is none where most deals wait in it', async () => {
    const waits = { steps: ['Lead 1 09:00', 'Offer 2 09:00'] };
    const report = await audit('redundant', [...times(20, through), ...times(21, waits)]);
    expect(messagesOf(report, 'my/use')).toEqual([]);
  });
});

describe('a stage to split', () => {
  it('has two peaks of waiting', () => {
    // 30 of 60 stays around 2 days, 30 around 20.
    const sorted = Float64Array.from([
      ...[1, 2, 3].flatMap((days) => times(10, days)),
      ...[18, 20, 22].flatMap((days) => times(10, days)),
    ]);
    expect(splitOf(sorted, 2)).toEqual({ sign: 'peaks', lowerShare: 0.5, lowerDays: 2, upperDays: 20 });
  });

  it('or stays that differ by far more than chance', () => {
    // 59 times 1 day and once 100: mean 2.65, standard deviation 12.78.
    const sorted = Float64Array.from([...times(59, 1), 100]);
    expect(splitOf(sorted, 2)).toMatchObject({ sign: 'spread', medianDays: 1, variation: expect.closeTo(4.823, 3) });
    expect(splitOf(sorted, 5)).toBeNull();
  });

  it('is none where the stays are spread evenly', () => {
    const evenly = Float64Array.from({ length: 60 }, (_, stay) => (stay + 1) / 2);
    expect(splitOf(evenly, 2)).toBeNull();
    // Two heaps that run into each other: as many around the middle (6 to 8 days) as elsewhere.
    const filled = [1, 2, 3, 5, 6, 7, 8, 9, 12, 18, 20, 22].flatMap((days) => times(10, days));
    expect(splitOf(Float64Array.from(filled), 2)).toBeNull();
  });

  it('is not looked for in whole days where most stays are shorter than three', async () => {
    const short = { steps: ['Lead 1', 'Offer 1'] };
    const long = { steps: ['Lead 1', 'Offer 29'] };
    const report = await audit('split', [...times(40, short), ...times(30, long)]);
    expect(ruleOf(report, 'my/use').verdict).toBe('no-data');
    const longer = { steps: ['Lead 1', 'Offer 4'] };
    expect(ruleOf(await audit('split', [...times(40, longer), ...times(30, long)]), 'my/use').verdict).toBe('warn');
  });

  it('is none where all take the same', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 500, noNaN: true }), fc.integer({ min: 2, max: 200 }), (days, stays) => {
        expect(splitOf(new Float64Array(stays).fill(days), 2)).toBeNull();
      }),
    );
  });
});

describe('an owner who never uses a stage', () => {
  const skips: Walk = { steps: ['Lead 1', 'Contract 9'] };
  const uses: Walk = { steps: ['Lead 1', 'Offer 5', 'Contract 9'] };
  const by = (owner: string, count: number, walk: Walk): readonly Walk[] => times(count, { ...walk, owner });

  it('is named where chance does not explain it', async () => {
    const report = await audit('odd-owner', [
      ...by('Ann', 10, skips),
      ...by('Bo', 8, uses),
      ...by('Bo', 2, skips),
      ...by('Cy', 9, skips),
    ]);
    // Ann: the others went through Offer with 8 of 19 deals, (11/19)^10 = 0.42 %, times 4 comparisons = 1.7 %.
    expect(messagesOf(report, 'my/use')).toEqual([]);
    const clearer = await audit('odd-owner', [...by('Ann', 10, skips), ...by('Bo', 16, uses), ...by('Bo', 4, skips)]);
    // 16 of 20: (1/5)^10 = 0.00001 %.
    expect(messagesOf(clearer, 'my/use')).toEqual([
      'Ann took 10 deals past Offer and used it for none; the others use it for 80%',
    ]);
    expect(clearer.findings.find(({ rule }) => rule === 'my/use')!.at.line).toBe(2);
  });

  it('needs deals enough', async () => {
    const report = await audit('odd-owner', [...by('Ann', 9, skips), ...by('Bo', 20, uses)]);
    expect(messagesOf(report, 'my/use')).toEqual([]);
  });
});
