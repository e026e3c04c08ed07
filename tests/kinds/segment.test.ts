import { describe, expect, it } from 'vitest';
import { fixture } from '../stats/reference.ts';
import { auditTables, messagesOf, ruleOf } from './audit-rules.ts';

const rulesOf = (segment: string) => `version: 1\nrules:\n  test/segment: {segment: ${segment}, severity: info}\n`;

/** So many closed deals of one owner, the first of them won. */
function dealsOf(owner: string, wins: number, of: number): string[] {
  return Array.from({ length: of }, (_, deal) => `${owner}${deal},${deal < wins ? 'Won' : 'Lost'},${owner}`);
}

async function audit(segment: string, rows: readonly string[], header = 'id,stage,owner') {
  return auditTables({ rules: rulesOf(segment), deals: `${[header, ...rows].join('\n')}\n` });
}

/** Counts of R's `fisher.test`, `p.adjust` and `prop.test`. */
const { names, won, n } = fixture<{ segmentVsRest: { names: string[]; won: number[]; n: number[] } }>(
  'tests.json',
).segmentVsRest;

describe('segment', () => {
  it('accuses nobody who is merely the unluckiest of six', async () => {
    // Bo alone has p 0.0192, but 0.1149 once all six tests count.
    const rows = names.flatMap((name, index) => dealsOf(name, won[index]!, n[index]!));
    const report = await audit('{by: owner}', rows);
    expect(ruleOf(report, 'test/segment')).toMatchObject({ verdict: 'pass', counts: { checked: 4, violating: 0 } });
    const generous = await audit('{by: owner, q: 0.12}', rows);
    expect(messagesOf(generous, 'test/segment')).toEqual([
      'Owner Bo: win rate 20% (12 of 60), the rest 36.8% (78 of 212): 16.8 points lower, likely 3.5 to 27.3; hardly chance (p 0.115, comparisons made: 6; all values together p 0.280)',
    ]);
    expect(messagesOf(generous, 'test/segment', 'zh')).toEqual([
      '负责人“Bo”：赢单率 20%（12/60），其余 36.8%（78/212），低 16.8 个百分点（95% 区间 3.5 到 27.3）；不像偶然（共比较 6 次，校正后 p 值 0.115，各取值整体 p 值 0.280）',
    ]);
    expect(ruleOf(generous, 'test/segment')).toMatchObject({ verdict: 'warn', counts: { checked: 4, violating: 1 } });
  });

  it('lets be what is small: a difference below the limit, a value with too few deals', async () => {
    const many = [...dealsOf('Ann', 560, 1000), ...dealsOf('Bo', 480, 1000)];
    expect(messagesOf(await audit('{by: owner}', many), 'test/segment')).toEqual([]);
    expect(messagesOf(await audit('{by: owner, min_difference: 5 pp}', many), 'test/segment')).toHaveLength(1);
    const few = [...dealsOf('Ann', 0, 9), ...dealsOf('Bo', 80, 100), ...dealsOf('Cy', 80, 100)];
    expect(messagesOf(await audit('{by: owner}', few), 'test/segment')).toEqual([]);
    expect(messagesOf(await audit('{by: owner, min_n: 9}', few), 'test/segment').join()).toMatch(/^Owner Ann/);
  });

  it('judges two values once: the same rate passes, and the larger one is judged where the other is too small', async () => {
    const even = [...dealsOf('Ann', 20, 40), ...dealsOf('Bo', 20, 40)];
    expect(ruleOf(await audit('{by: owner}', even), 'test/segment')).toMatchObject({
      verdict: 'pass',
      counts: { checked: 1, violating: 0 },
    });
    const small = [...dealsOf('Ann', 300, 400), ...dealsOf('Bo', 0, 9)];
    expect(messagesOf(await audit('{by: owner}', small), 'test/segment').join()).toMatch(/^Owner Ann: win rate 75%/);
  });

  it('does not judge by closed deals whose others are open more often', async () => {
    const rows = [...dealsOf('Ann', 80, 200), ...dealsOf('Bo', 80, 200), ...dealsOf('New', 0, 20)];
    expect(messagesOf(await audit('{by: owner}', rows), 'test/segment').join()).toMatch(/^Owner New: win rate 0%/);
    const open = Array.from({ length: 20 }, (_, deal) => `o${deal},Lead,New`);
    expect(messagesOf(await audit('{by: owner}', [...rows, ...open]), 'test/segment')).toEqual([]);
  });

  it('says mix where the difference turns round between deals of one size', async () => {
    // Of small deals Ann wins 81 of 87 and Bo 234 of 270; of large ones 192 of 263 and 55 of 80.
    const rows = [
      ['Ann', 81, 87, 1000],
      ['Ann', 192, 263, 90_000],
      ['Bo', 234, 270, 1000],
      ['Bo', 55, 80, 90_000],
    ].flatMap(([owner, wins, of, amount]) =>
      Array.from({ length: of as number }, (_, deal) => {
        return `${owner}${amount}${deal},${deal < (wins as number) ? 'Won' : 'Lost'},${owner},${amount}`;
      }),
    );
    const header = 'id,stage,owner,amount';
    const report = await audit('{by: owner, min_difference: 4 pp}', rows, header);
    // 273 of 350 and 289 of 350: 4.6 points lower. With the mix of all 700 deals, 357 small and 343 large:
    // 0.51·(0.9310 − 0.8667) + 0.49·(0.7300 − 0.6875) = 5.4 points higher.
    expect(messagesOf(report, 'test/segment')).toEqual([]);
    const eager = await audit('{by: owner, min_difference: 4 pp, q: 0.2}', rows, header);
    expect(messagesOf(eager, 'test/segment')[0]).toMatch(
      /^Owner Ann: .*: -4\.6 points, but \+5\.4 with the same mix of Amount: mix, not performance \(p 0\.1\d\d, comparisons made: 1\)/,
    );
    expect(ruleOf(eager, 'test/segment')).toMatchObject({ verdict: 'pass', counts: { violating: 0 } });
    const blind = await audit('{by: owner, min_difference: 4 pp, q: 0.2, mix: []}', rows, header);
    expect(messagesOf(blind, 'test/segment')[0]).toMatch(/4\.6 points lower/);
  });

  it('counts the comparisons of all fields, and leaves out those the file lacks', async () => {
    const rows = [
      ...dealsOf('Ann', 18, 20).map((row) => `${row},Web`),
      ...dealsOf('Bo', 2, 20).map((row) => `${row},Fair`),
    ];
    const report = await audit('{by: [owner, source, region]}', rows, 'id,stage,owner,source');
    for (const message of messagesOf(report, 'test/segment')) expect(message).toContain('comparisons made: 2');
    expect(messagesOf(report, 'test/segment')).toHaveLength(2);
  });

  it('compares any share', async () => {
    const rows = [...dealsOf('Ann', 15, 15), ...dealsOf('Bo', 0, 15)];
    const report = await audit('{by: owner, figure: share(stage.kind = lost)}', rows);
    expect(messagesOf(report, 'test/segment')[0]).toContain(
      'Owner Ann: share of deals with stage.kind = lost 0% (0 of 15)',
    );
  });

  it('judges nothing without closed deals, without the fields, and with too few', async () => {
    const verdictOf = async (rows: readonly string[], header?: string) =>
      ruleOf(await audit('{by: owner}', rows, header), 'test/segment').verdict;
    expect(await verdictOf(['1,Lead,Ann'])).toBe('no-data');
    expect(await verdictOf(['1,Won'], 'id,stage')).toBe('not-run');
    expect(await verdictOf([...dealsOf('Ann', 3, 5), ...dealsOf('Bo', 1, 5)])).toBe('no-data');
  });

  it('stays quick with as many values as deals', async () => {
    const rows = Array.from({ length: 50_000 }, (_, deal) => `${deal},${deal % 3 === 0 ? 'Won' : 'Lost'},P${deal}`);
    const report = await audit('{by: owner}', rows);
    expect(ruleOf(report, 'test/segment').verdict).toBe('no-data');
  });
});
