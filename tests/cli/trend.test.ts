import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AuditFlags, auditCommand } from '../../src/cli/audit-command.ts';
import { compareCommand } from '../../src/cli/compare-command.ts';
import { type TrendFlags, trendCommand } from '../../src/cli/trend-command.ts';
import { createMemoryHost } from './memory-host.ts';

const RULES = `version: 1
stages:
  - {id: lead, match: [Lead]}
  - {id: won, match: [Won], kind: won}
  - {id: lost, match: [Lost], kind: lost}
fields:
  id: {column: Deal ID}
  owner: {column: Owner}
  stage: {column: Stage}
  amount: {column: Amount, type: money}
  close: {column: Close Date, type: date}
source: {currency: USD}
rules:
  late: {assert: 'close >= today', where: 'stage.kind = open'}
`;
const DATES = ['2026-10-11', '2026-10-18', '2026-10-25'];

let folder = '';
const path = (...names: string[]): string => join(folder, ...names);

/** Ten deals, of which one more is won each week. */
function exportText(week: number): string {
  const rows = Array.from({ length: 10 }, (_, index) => {
    const stage = index <= week ? 'Won' : index === 9 ? 'Lost' : 'Lead';
    return `D${index},Ann,${stage},${100 + index},2026-10-20\n`;
  });
  return `Deal ID,Owner,Stage,Amount,Close Date\n${rows.join('')}`;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'funnelint-trend-'));
  writeFileSync(path('rules.yaml'), RULES);
  for (const [week, date] of DATES.entries()) writeFileSync(path(`deals-${date}.csv`), exportText(week));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function audit(file: string, more: Partial<AuditFlags> = {}) {
  const host = createMemoryHost(folder);
  const flags: AuditFlags = {
    config: path('rules.yaml'),
    color: 'never',
    maxFindings: 3,
    save: path('saved'),
    ...more,
  };
  const exit = await auditCommand([file], flags, host);
  return { exit, printed: host.printed() };
}

async function saveAll(): Promise<void> {
  for (const date of DATES) await audit(path(`deals-${date}.csv`));
}

async function trend(paths: readonly string[], more: Partial<TrendFlags> = {}) {
  const host = createMemoryHost(folder);
  const exit = await trendCommand(paths, { color: 'never', ...more }, host);
  return { exit, printed: host.printed() };
}

const trendJson = async (paths: readonly string[]) => JSON.parse((await trend(paths, { format: 'json' })).printed);
const saved = (date: string) => JSON.parse(readFileSync(path('saved', `${date}.json`), 'utf8'));

describe('audit --save', () => {
  it('makes the folder and keeps the report with its deals under its day', async () => {
    const { exit, printed } = await audit(path('deals-2026-10-11.csv'));
    expect(exit).toBe(0);
    expect(printed).toContain(`saved ${path('saved', '2026-10-11.json')}`);
    expect(printed).not.toContain('Since the last one');
    const { deals } = saved('2026-10-11');
    expect(deals.keys).toHaveLength(10);
    expect([deals.stages[0], deals.outcomes[9], deals.amounts[3], deals.closes[0]]).toEqual([
      'won',
      'lost',
      103,
      '2026-10-20',
    ]);
    expect(readdirSync(path('saved'))).toEqual(['2026-10-11.json']);
  });

  it('keeps every finding, however few the screen shows', async () => {
    await audit(path('deals-2026-10-25.csv'), { maxFindings: 1 });
    const late = saved('2026-10-25').findings.filter(({ rule }: { rule: string }) => rule === 'late');
    expect(late).toHaveLength(6);
  });

  it('tells under the report what changed since the last one of the list', async () => {
    await audit(path('deals-2026-10-11.csv'));
    const { printed } = await audit(path('deals-2026-10-18.csv'));
    expect(printed).toContain('Since the last one (2026-10-11, 7 days ago)');
    expect(printed).toContain('open deals: 8 − 1 won = 7');
    const { printed: chinese } = await audit(path('deals-2026-10-25.csv'), { lang: 'zh' });
    expect(chinese).toContain('与上次相比（2026-10-18，7 天前）');
  });

  it('replaces the report of the day, with the same bytes for the same export', async () => {
    await audit(path('deals-2026-10-11.csv'));
    const before = readFileSync(path('saved', '2026-10-11.json'), 'utf8');
    const { printed } = await audit(path('deals-2026-10-11.csv'));
    expect(printed).toContain('replaced');
    expect(readFileSync(path('saved', '2026-10-11.json'), 'utf8')).toBe(before);
  });

  it('leaves stdout to the report alone where it is JSON', async () => {
    await audit(path('deals-2026-10-11.csv'));
    const { printed } = await audit(path('deals-2026-10-18.csv'), { format: 'json' });
    const stdout = printed.slice(0, printed.lastIndexOf('}') + 1);
    expect(JSON.parse(stdout)).toMatchObject({ schema: 1, asOf: { date: '2026-10-18' } });
    expect(printed).not.toContain('Since the last one');
  });

  it('does not touch what another list left for the day, nor compare with it', async () => {
    await audit(path('deals-2026-10-11.csv'));
    copyFileSync(path('deals-2026-10-11.csv'), path('partners-2026-10-11.csv'));
    copyFileSync(path('deals-2026-10-18.csv'), path('partners-2026-10-18.csv'));
    const { exit, printed } = await audit(path('partners-2026-10-11.csv'));
    expect(exit).toBe(2);
    expect(printed).toContain('holds the report of another list');
    expect(saved('2026-10-11').inputs[0].file).toContain('deals-');
    expect((await audit(path('partners-2026-10-18.csv'))).printed).not.toContain('Since the last one');
  });

  it('refuses a folder that is a file before any work is done', async () => {
    const { exit, printed } = await audit(path('nosuch.csv'), { save: path('rules.yaml') });
    expect(exit).toBe(2);
    expect(printed).toContain('it is a file, not a folder');
  });

  it('saves nothing where there is no verdict', async () => {
    writeFileSync(path('empty-2026-10-11.csv'), 'Deal ID,Owner,Stage,Amount,Close Date\n');
    const { exit } = await audit(path('empty-2026-10-11.csv'));
    expect(exit).toBe(2);
    expect(existsSync(path('saved'))).toBe(false);
  });
});

describe('two saved reports', () => {
  it('are compared with their deals', async () => {
    await saveAll();
    const host = createMemoryHost(folder);
    const [before, after] = [path('saved', '2026-10-11.json'), path('saved', '2026-10-25.json')];
    await compareCommand(before, after, { color: 'never', maxDeals: 5, format: 'json' }, host);
    expect(JSON.parse(host.printed())).toMatchObject({
      days: 14,
      notes: [],
      deals: { won: { deals: 2 }, matched: 10 },
    });
  });
});

describe('trend', () => {
  it('reads the reports of a folder, and single ones once', async () => {
    await saveAll();
    const { reports, series } = await trendJson([path('saved', '2026-10-25.json'), path('saved')]);
    expect(reports.map(({ date }: { date: string }) => date)).toEqual(DATES);
    const winRate = series.find(({ figure }: { figure: string }) => figure === 'winRate');
    expect(winRate.points.map(({ count, of }: { count: number; of: number }) => [count, of])).toEqual([
      [1, 2],
      [2, 3],
      [3, 4],
    ]);
    expect(winRate.state).toBe('notJudged');
  });

  it('is shown though it cannot be judged yet', async () => {
    await saveAll();
    const { exit, printed } = await trend([path('saved')], { lang: 'zh' });
    expect(exit).toBe(0);
    expect(printed).toContain('不足 8 份报告时不做判断');
    expect(printed).toContain('赢单率（已关闭）');
  });

  it('says what it left out of a folder', async () => {
    await saveAll();
    writeFileSync(path('saved', 'notes.json'), '{}');
    expect((await trend([path('saved')])).printed).toContain('notes.json is no saved report');
  });

  it('names one mistake at a time', async () => {
    await saveAll();
    const code = (paths: string[]) => trend(paths).then(null, (error) => error.code);
    expect(await code([path('deals-2026-10-11.csv')])).toBe('trend/not-a-report');
    expect(await code([path('nosuch')])).toBe('file/not-found');
    expect(await code([folder])).toBe('trend/no-report');
    writeFileSync(path('newer.json'), '{"schema": 2}');
    expect(await code([path('newer.json')])).toBe('report/newer');
    writeFileSync(path('broken.json'), '{');
    expect(await code([path('broken.json')])).toBe('report/not-valid');
  });
});
