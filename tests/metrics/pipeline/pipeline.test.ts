import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runAudit } from '../../../src/audit.ts';
import type { AuditReport } from '../../../src/report/report.ts';
import { loadRuleset } from '../../../src/ruleset/load.ts';
import { PLAIN_REQUEST } from '../../audit-request.ts';

/** Figures whose thresholds are percentages. */
const SHARES = /^(slipped|vanished|forecast_accuracy|attainment|expected_coverage)/;

interface Files {
  readonly deals: string;
  /** Date → an earlier export. */
  readonly previous?: Readonly<Record<string, string>>;
  readonly targets?: string;
  readonly targetsTable?: string;
  readonly per?: string;
  readonly asOf?: string;
}

type JudgedFigure = NonNullable<AuditReport['rules'][number]['figure']>;

/** The rule on one figure, as the report has it. */
async function ruleOn(figure: string, files: Files): Promise<AuditReport['rules'][number]> {
  const folder = mkdtempSync(join(tmpdir(), 'funnelint-pipeline-'));
  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
    return path;
  };
  const rules = [
    'version: 1',
    'extends: [funnelint:recommended, funnelint:fields]',
    ...(files.targets === undefined ? [] : [`targets: ${files.targets}`]),
    `rules: {my/figure: {metric: ${figure}, warn: "> 1000000000${SHARES.test(figure) ? '%' : ''}"${files.per === undefined ? '' : `, per: ${files.per}`}}}`,
  ];
  try {
    const ruleset = loadRuleset({ file: write('rules.yaml', `${rules.join('\n')}\n`), packs: [] });
    const report = await runAudit({
      ...PLAIN_REQUEST,
      file: write('deals.csv', files.deals),
      previous: Object.entries(files.previous ?? {}).map(([date, text]) => write(`deals-${date}.csv`, text)),
      tables: files.targetsTable === undefined ? {} : { targets: write('targets.csv', files.targetsTable) },
      ruleset: { ...ruleset, rules: ruleset.rules.filter(({ id }) => id === 'my/figure') },
      asOf: files.asOf ?? '2026-06-01',
    });
    expect(report.faults).toEqual([]);
    return report.rules[0]!;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function figureOn(figure: string, files: Files): Promise<JudgedFigure> {
  const { figure: found, reason } = await ruleOn(figure, files);
  expect(reason).toBeNull();
  return found!;
}

/** Why a figure has no value. */
async function reasonOf(figure: string, files: Files): Promise<string | undefined> {
  const { figure: found, reason, verdict } = await ruleOn(figure, files);
  expect([verdict, found?.value]).toEqual(['no-data', null]);
  return reason?.en;
}

const HEADER = 'id,stage,amount,close,probability,owner\n';
const SOLD = '{metric: won_amount, at_least: 1000, from: 2026-04-01, until: 2026-06-30}';

/** Won 400 of 1000 this quarter; 300 and 900 due in the rest of it; 5000 past due, 7000 due later; 3 of 4 closed won. */
const QUARTER = `${HEADER}1,Won,400,2026-05-01,100%,Ann
2,Won,9000,2026-03-31,100%,Ann
3,Won,50000,2026-01-31,100%,Bo
4,Lost,10,2026-05-01,0%,Bo
5,Lead,300,2026-06-30,50%,Ann
6,Lead,900,2026-06-01,10%,Bo
7,Lead,5000,2026-05-31,90%,Bo
8,Lead,7000,2026-07-01,90%,Ann
`;

describe('the coverage of a target', () => {
  it('is what is due ÷ what is still wanted: 1200 of 600, at a win rate of 75 %', async () => {
    const files = { deals: QUARTER, targets: `[${SOLD}]` };
    expect(await figureOn('coverage', files)).toMatchObject({ value: 2, unit: 'number' });
    const expected = await figureOn('expected_coverage', files);
    expect(expected).toMatchObject({ value: 1.5, unit: 'rate' });
    // Wilson of 3 of 4 at 95 %: 0.30064 to 0.95441.
    expect(expected.interval?.[0]).toBeCloseTo(2 * 0.30064, 4);
    expect(expected.interval?.[1]).toBeCloseTo(2 * 0.95441, 4);
  });

  it('is nothing to worry about once the target is met', async () => {
    const files = { deals: QUARTER, targets: '[{metric: won_amount, at_least: 400, from: 2026-04-01}]' };
    expect(await figureOn('expected_coverage', files)).toMatchObject({ value: 1 });
    expect((await ruleOn('coverage', files)).verdict).toBe('no-data');
  });

  it('is unknown without a target that holds, and across currencies', async () => {
    const expired = '[{metric: won_amount, at_least: 1000, from: 2026-01-01, until: 2026-03-31}]';
    expect(await reasonOf('coverage', { deals: QUARTER })).toMatch(/no target/);
    expect(await reasonOf('coverage', { deals: QUARTER, targets: expired })).toMatch(/no target/);
    const mixed = QUARTER.replace('400', '$400').replace('300', '€300');
    expect(await reasonOf('coverage', { deals: mixed, targets: `[${SOLD}]` })).toMatch(/several currencies/);
    expect(await reasonOf('weighted(manual)', { deals: mixed })).toMatch(/several currencies/);
    expect(await reasonOf('output_per_day', { deals: mixed })).toMatch(/several currencies/);
  });

  it('holds each owner against a target of that owner, never against that of all', async () => {
    const ann = '{metric: won_amount, at_least: 2000, from: 2026-04-01, until: 2026-06-30, owner: ann}';
    const { segments } = await ruleOn('coverage', { deals: QUARTER, targets: `[${SOLD}, ${ann}]`, per: 'owner' });
    expect(segments.map(({ segment, figure }) => [segment, figure?.value])).toEqual([
      ['Ann', 300 / 1600],
      ['Bo', null],
    ]);
  });

  it('takes targets from a table too', async () => {
    const targetsTable =
      '指标,不低于,起始日,截止日,负责人\nwon_amount,0.1万,2026-04-01,2026-06-30,\nwon_amount,7,2026-04-01,2026-06-30,Ann\n';
    expect(await figureOn('coverage', { deals: QUARTER, targetsTable })).toMatchObject({ value: 2 });
  });
});

describe('attainment', () => {
  const lastWeeks = { asOf: '2026-06-15', targets: `[${SOLD}]` };

  it('adds to what was won the weighted amount of what is due, from three weeks before the end on', async () => {
    // 400 + 300 × 50 %; the other deals were due before, or are due later.
    expect((await figureOn('attainment', { ...lastWeeks, deals: QUARTER })).value).toBeCloseTo(0.55, 12);
    expect(await reasonOf('attainment', { ...lastWeeks, deals: QUARTER, asOf: '2026-06-08' })).toMatch(/21 days/);
    expect((await figureOn('attainment', { ...lastWeeks, deals: QUARTER, asOf: '2026-06-09' })).value).not.toBeNull();
  });

  it('takes the model a rule names: three of four closed deals were won', async () => {
    const value = (await figureOn('attainment(historical)', { ...lastWeeks, deals: QUARTER })).value;
    expect(value).toBeCloseTo((400 + 300 * 0.75) / 1000, 12);
  });
});

describe('what became of an earlier export', () => {
  const MAY = `${HEADER}1,Lead,400,2026-05-20,50%,Ann
2,Lead,100,2026-05-25,50%,Ann
3,Lead,200,2026-06-25,50%,Bo
4,Lead,800,2026-04-20,50%,Bo
5,Lead,50,2026-07-20,50%,Bo
`;
  const JUNE = `${HEADER}1,Won,300,2026-05-20,100%,Ann
2,Lead,100,2026-08-25,50%,Ann
3,Lead,200,2026-06-25,50%,Bo
4,Lead,800,2026-08-20,50%,Bo
6,Lead,70,2026-06-20,50%,Bo
`;
  const files = { deals: JUNE, previous: { '2026-05-01': MAY } };

  it('is how many of the deals due in between are still open: one of two', async () => {
    expect(await figureOn('slipped', files)).toMatchObject({ value: 0.5, count: 1, of: 2 });
  });

  it('is how many are gone: one of five', async () => {
    expect(await figureOn('vanished', files)).toMatchObject({ value: 0.2, count: 1, of: 5 });
  });

  it('is what came in of what was promised: 300 of (400 + 100) × 50 %', async () => {
    expect((await figureOn('forecast_accuracy', files)).value).toBeCloseTo(300 / 250, 12);
  });

  it('goes by the oldest export for forecasts, by the latest for the rest', async () => {
    const april = `${HEADER}1,Lead,1200,2026-05-20,50%,Ann\n`;
    const three = { deals: JUNE, previous: { '2026-05-01': MAY, '2026-04-01': april } };
    expect((await figureOn('forecast_accuracy', three)).value).toBeCloseTo(300 / 600, 12);
    expect(await figureOn('vanished', three)).toMatchObject({ of: 5 });
  });

  it('needs an earlier export', async () => {
    for (const figure of ['slipped', 'vanished', 'forecast_accuracy', 'waterfall_gap']) {
      expect((await ruleOn(figure, { deals: JUNE })).verdict).toBe('not-run');
    }
  });
});

describe('the waterfall', () => {
  const gap = async (before: string, after: string) =>
    (await figureOn('waterfall_gap', { deals: HEADER + after, previous: { '2026-05-01': HEADER + before } })).value;

  it('has a gap where a deal stands in two rows', async () => {
    expect(await gap('1,Lead,100.25,2026-06-10,,\n1,Lead,100.25,2026-06-10,,\n', '1,Lead,100.25,2026-06-10,,\n')).toBe(
      100.25,
    );
    expect(await gap('1,Lead,100,2026-06-10,,\n', '1,Lead,100,2026-06-10,,\n1,Lead,30,2026-06-10,,\n')).toBe(30);
  });

  it('has a gap where rows name no deal, stages are unknown, or the currency is another', async () => {
    expect(await gap('1,Lead,100,2026-06-10,,\n', '1,Lead,100,2026-06-10,,\n,Lead,30,2026-06-10,,\n')).toBe(30);
    expect(await gap('1,Lead,100,2026-06-10,,\n', '1,Nowhere,100,2026-06-10,,\n')).toBe(100);
    expect(await gap('1,Lead,¥100,2026-06-10,,\n', '1,Lead,€70,2026-06-10,,\n')).toBe(100);
  });

  it('has none where a currency or an amount was only not written before', async () => {
    expect(await gap('1,Lead,100,2026-06-10,,\n', '1,Lead,€70,2026-06-10,,\n')).toBe(0);
    expect(
      await gap('1,Lead,,2026-06-10,,\n2,Lead,$5,2026-06-10,,\n', '1,Lead,€70,2026-06-10,,\n2,Lead,$5,2026-06-10,,\n'),
    ).toBe(0);
  });

  it('adds up whatever becomes of deals that each stand in one row', async () => {
    const deal = fc.record({
      stage: fc.constantFrom('Lead', 'Proposal', 'Won', 'Lost', 'On Hold'),
      cents: fc.integer({ min: 0, max: 10_000_000 }),
      close: fc.constantFrom('2026-05-10', '2026-06-10', '2026-07-10', ''),
    });
    const rowsOf = (deals: ReadonlyMap<number, { stage: string; cents: number; close: string }>): string =>
      [...deals]
        .map(([id, { stage, cents, close }]) => `${id},${stage},${(cents / 100).toFixed(2)},${close},,\n`)
        .join('');
    const exports = fc.dictionary(fc.integer({ min: 1, max: 12 }).map(String), deal, { minKeys: 1 });
    await fc.assert(
      fc.asyncProperty(exports, exports, async (before, after) => {
        const numbered = (list: typeof before) => new Map(Object.entries(list).map(([id, each]) => [Number(id), each]));
        expect(await gap(rowsOf(numbered(before)), rowsOf(numbered(after)))).toBe(0);
      }),
      { numRuns: 25 },
    );
  });
});
