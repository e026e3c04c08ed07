import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AuditFlags, auditCommand } from '../../src/cli/audit-command.ts';
import { compareCommand } from '../../src/cli/compare-command.ts';
import { renderCommand } from '../../src/cli/render-command.ts';
import { trendCommand } from '../../src/cli/trend-command.ts';
import { createMemoryHost } from './memory-host.ts';

const RULES = `version: 1
stages:
  - {id: lead, match: [Lead]}
  - {id: won, match: [Won], kind: won}
  - {id: lost, match: [Lost], kind: lost}
fields:
  id: {column: Deal ID}
  stage: {column: Stage}
  amount: {column: Amount, type: money}
  close: {column: Close Date, type: date}
source: {currency: USD}
rules:
  late: {assert: 'close >= today', where: 'stage.kind = open'}
`;

let folder = '';
const path = (...names: string[]): string => join(folder, ...names);

/** Open deals that are all due before the day of the export. */
function exportOf(deals: number): string {
  const rows = Array.from({ length: deals }, (_, index) => `D${index},Lead,${100 + index},2026-09-01\n`);
  return `Deal ID,Stage,Amount,Close Date\n${rows.join('')}`;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'funnelint-save-'));
  writeFileSync(path('rules.yaml'), RULES);
  writeFileSync(path('deals-2026-10-25.csv'), exportOf(1200));
  writeFileSync(path('deals-2026-11-01.csv'), exportOf(1300));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function audit(date: string, more: Partial<AuditFlags> = {}) {
  const host = createMemoryHost(folder);
  const save = path('saved');
  const flags: AuditFlags = { config: path('rules.yaml'), color: 'never', maxFindings: 3, save, ...more };
  const exit = await auditCommand([path(`deals-${date}.csv`)], flags, host);
  return { exit, printed: host.printed() };
}

const saved = (date: string) => JSON.parse(readFileSync(path('saved', `${date}.json`), 'utf8'));

describe('a file that is no report of ours', () => {
  it.each(['{"my":"notes"}', '', '[]', 'no JSON'])('is not overwritten: %s', async (text) => {
    mkdirSync(path('saved'));
    writeFileSync(path('saved', '2026-11-01.json'), text);
    const { exit, printed } = await audit('2026-11-01');
    expect(exit).toBe(2);
    expect(printed).toContain('would overwrite a file that is no saved report');
    expect(readFileSync(path('saved', '2026-11-01.json'), 'utf8')).toBe(text);
    expect(readdirSync(path('saved'))).toEqual(['2026-11-01.json']);
  });

  it.each([
    ['{"schema": 2}', 'has schema 2'],
    ['{"my":"notes"}', 'it is JSON of something else'],
  ])('of an earlier day is named and passed over: %s', async (text, reason) => {
    await audit('2026-10-25');
    writeFileSync(path('saved', '2026-10-30.json'), text);
    const { exit, printed } = await audit('2026-11-01');
    expect(exit).toBe(1);
    expect(printed).toMatch(new RegExp(`funnelint: .*2026-10-30\\.json.*${reason}`));
    expect(printed).toContain('not met by');
    expect(printed).toContain('Since the last one (2026-10-25, 7 days ago)');
    expect(existsSync(path('saved', '2026-11-01.json'))).toBe(true);
  });

  it('may be a folder', async () => {
    mkdirSync(path('saved', '2026-10-30.json'), { recursive: true });
    const { exit, printed } = await audit('2026-11-01');
    expect(exit).toBe(1);
    expect(printed).toContain('2026-10-30.json');
    expect(printed).toContain('saved ');
  });
});

describe('the folder to save to', () => {
  it('is made with the ones above it', async () => {
    await audit('2026-11-01', { save: path('a', 'b', '..', 'c') });
    expect(existsSync(path('a', 'c', '2026-11-01.json'))).toBe(true);
  });

  it.skipIf(!existsSync('/proc/self'))('ends with a line where none can be made', async () => {
    const { exit, printed } = await audit('2026-11-01', { save: '/proc/nope/deeper' });
    expect(exit).toBe(2);
    expect(printed).toContain('/proc/nope/deeper: cannot be written');
  });

  it.each(['', ' '])('has to have a name, not “%s”', async (save) => {
    const { exit, printed } = await audit('2026-11-01', { save });
    expect(exit).toBe(2);
    expect(printed).toContain('--save: no folder is named');
  });
});

describe('a report with very many findings', () => {
  it('keeps 1,000 of a rule and counts all of them', async () => {
    await audit('2026-11-01');
    const { rules, findings } = saved('2026-11-01');
    const late = rules.find(({ id }: { id: string }) => id === 'late');
    expect(findings.filter(({ rule }: { rule: string }) => rule === 'late')).toHaveLength(1000);
    expect(late.counts).toMatchObject({ checked: 1300, violating: 1300 });
    expect(late.found).toMatchObject({ error: 1300, warn: 0, info: 0 });
    expect(new Set(late.found.fingerprints.split(' ')).size).toBe(1300);
  });

  it('is compared as if it held all of them', async () => {
    await audit('2026-10-25');
    const { printed } = await audit('2026-11-01');
    expect(printed).toContain('findings: 200 new, 0 gone');
    const host = createMemoryHost(folder);
    const files = [path('saved', '2026-10-25.json'), path('saved', '2026-11-01.json')] as const;
    await compareCommand(...files, { color: 'never', maxDeals: 5, format: 'json' }, host);
    const { findings, metrics } = JSON.parse(host.printed());
    expect(findings.rules.find(({ rule }: { rule: string }) => rule === 'late')).toMatchObject({
      before: 1200,
      after: 1300,
      new: 100,
      gone: 0,
      kept: 1200,
    });
    const errors = metrics.find(({ figure }: { figure: string }) => figure === 'errors');
    expect([errors.before.value, errors.after.value]).toEqual([1200, 1300]);
    const line = (await audit('2026-11-01', { view: 'standup' })).printed;
    expect(line).toContain('200 findings more than on 2026-10-25');
  });

  it('is drawn again as it was', async () => {
    const { printed } = await audit('2026-11-01');
    const host = createMemoryHost(folder);
    await renderCommand(path('saved', '2026-11-01.json'), { maxFindings: 3, color: 'never' }, host);
    expect(printed.startsWith(host.printed())).toBe(true);
    expect(host.printed()).toContain('1,297 more');
  });
});

describe('a report that somebody has edited', () => {
  const RESULTS = [{}, [], 'x', 5, { closed: 5, kinds: 'x', stages: [null], won: {}, pooled: { value: 'a' } }];

  it.each(RESULTS)('is compared and put into a trend without the figures that cannot be read: %j', async (result) => {
    await audit('2026-10-25');
    await audit('2026-11-01');
    const report = saved('2026-11-01');
    for (const metric of Object.values(report.metrics)) (metric as { result: unknown }).result = result;
    writeFileSync(path('saved', '2026-11-01.json'), JSON.stringify(report));
    const host = createMemoryHost(folder);
    const files = [path('saved', '2026-10-25.json'), path('saved', '2026-11-01.json')] as const;
    expect(await compareCommand(...files, { color: 'never', maxDeals: 5 }, host)).toBe(0);
    expect(await trendCommand([path('saved')], { color: 'never' }, host)).toBe(0);
    expect(host.printed()).not.toMatch(/undefined|NaN|\[object/);
    expect(host.printed()).toContain('Findings: errors');
  });

  it('is refused where its values lie too deep', async () => {
    await audit('2026-11-01');
    const text = readFileSync(path('saved', '2026-11-01.json'), 'utf8');
    const deep = `${'{"list":['.repeat(20_000)}${']}'.repeat(20_000)}`;
    writeFileSync(path('deep.json'), text.replace('"args": {', `"args": {"a": ${deep},`).replace(/,(\s*})/, '$1'));
    const host = createMemoryHost(folder);
    const code = renderCommand(path('deep.json'), { maxFindings: 3, color: 'never' }, host).then(
      null,
      (error) => error.code,
    );
    expect(await code).toBe('report/not-valid');
  });
});
