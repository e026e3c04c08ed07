import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CompareFlags, compareCommand } from '../../src/cli/compare-command.ts';
import { createMemoryHost } from './memory-host.ts';

const RULES = `version: 1
stages:
  - {id: lead, match: [Lead]}
  - {id: offer, match: [Offer]}
  - {id: won, match: [Won], kind: won}
  - {id: lost, match: [Lost], kind: lost}
fields:
  id: {column: Deal ID}
  name: {column: Deal}
  owner: {column: Owner}
  stage: {column: Stage}
  amount: {column: Amount, type: money}
  close: {column: Close Date, type: date}
source: {currency: USD}
rules:
  late: {assert: 'close >= today', where: 'stage.kind = open'}
`;
const HEADER = 'Deal ID,Deal,Owner,Stage,Amount,Close Date\n';
const BEFORE = `${HEADER}1,Alpha,Ann,Lead,100.10,2026-10-28\n2,Beta,Bo,Offer,200,2026-12-01\n3,Gamma,Bo,Lead,50,2026-11-20\n`;
const AFTER = `${HEADER}1,Alpha,Ann,Offer,100.10,2026-10-28\n2,Beta,Bo,Won,200,2026-10-30\n4,Delta,Ann,Lead,70.05,2026-11-20\n`;

let folder = '';
const path = (name: string): string => join(folder, name);
const write = (name: string, text: string): string => {
  writeFileSync(path(name), text);
  return path(name);
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'funnelint-compare-'));
  write('rules.yaml', RULES);
  write('deals-2026-10-25.csv', BEFORE);
  write('deals-2026-11-01.csv', AFTER);
});
afterEach(() => rmSync(folder, { recursive: true }));

async function compare(before: string, after: string, more: Partial<CompareFlags> = {}) {
  const host = createMemoryHost(folder);
  const flags: CompareFlags = { config: path('rules.yaml'), color: 'never', maxDeals: 5, quiet: false, ...more };
  const exit = await compareCommand(before, after, flags, host);
  return { exit, printed: host.printed() };
}

async function compareJson(before: string, after: string, more: Partial<CompareFlags> = {}) {
  return JSON.parse((await compare(before, after, { format: 'json', ...more })).printed);
}

describe('two exports', () => {
  it('are audited on the days in their names and compared', async () => {
    const found = await compareJson(path('deals-2026-10-25.csv'), path('deals-2026-11-01.csv'));
    expect(found).toMatchObject({ schema: 1, kind: 'comparison', days: 7, swapped: false });
    expect(found.pipeline.currencies).toEqual([
      {
        currency: 'USD',
        start: { deals: 3, amount: 350.1 },
        lines: [
          { line: 'new', deals: 1, amount: 70.05 },
          { line: 'won', deals: 1, amount: -200 },
          { line: 'gone', deals: 1, amount: -50 },
        ],
        end: { deals: 2, amount: 170.15 },
      },
    ]);
    expect(found.deals.slipped.list[0]).toMatchObject({ deal: '1', name: 'Alpha', owner: 'Ann' });
    const late = found.findings.rules.find(({ rule }: { rule: string }) => rule === 'late');
    expect(late).toMatchObject({ before: 0, after: 1, new: 1, gone: 0, kept: 0, comparable: true });
  });

  it('end with exit code 0, whatever they hold', async () => {
    expect((await compare(path('deals-2026-10-25.csv'), path('deals-2026-11-01.csv'))).exit).toBe(0);
  });

  it('may be named in the wrong order', async () => {
    const found = await compareJson(path('deals-2026-11-01.csv'), path('deals-2026-10-25.csv'));
    expect(found.before.file).toBe('deals-2026-10-25.csv');
    expect(found.notes[0].code).toBe('swapped');
  });

  it('may be the same one: nothing has changed', async () => {
    const { printed } = await compare(path('deals-2026-11-01.csv'), path('deals-2026-11-01.csv'));
    expect(printed).toContain('the same export: nothing can have changed');
    expect(printed).toContain('as they were');
  });

  it('need a day for the earlier one', async () => {
    const bare = write('before.csv', BEFORE);
    await expect(compare(bare, path('deals-2026-11-01.csv'))).rejects.toMatchObject({ code: 'compare/no-date' });
    const found = await compareJson(bare, path('deals-2026-11-01.csv'), { asOfBefore: '2026-10-20' });
    expect(found).toMatchObject({ days: 12, before: { date: '2026-10-20' } });
    await expect(compare(bare, bare, { asOfBefore: 'yesterday' })).rejects.toMatchObject({ code: 'flag/no-date' });
  });

  it('without a date in the later name are compared with today', async () => {
    const found = await compareJson(path('deals-2026-10-25.csv'), write('now.csv', AFTER), { asOf: '2026-11-08' });
    expect(found.after.date).toBe('2026-11-08');
  });
});

describe('files written', () => {
  it('hold the whole of it, as text or JSON', async () => {
    const outputs = [path('out.txt'), path('out.json')];
    const { printed } = await compare(path('deals-2026-10-25.csv'), path('deals-2026-11-01.csv'), {
      output: outputs,
      lang: 'zh',
    });
    expect(printed).toContain(`已写入 ${path('out.json')}`);
    expect(readFileSync(path('out.txt'), 'utf8')).toContain('在途金额变化');
    expect(JSON.parse(readFileSync(path('out.json'), 'utf8')).kind).toBe('comparison');
  });
});

describe('what is no report', () => {
  it('is refused', async () => {
    const text = write('other.json', '{"schema": 1}');
    const newer = write('newer.json', '{"schema": 2}');
    const after = path('deals-2026-11-01.csv');
    await expect(compare(text, after)).rejects.toMatchObject({ code: 'report/not-valid' });
    await expect(compare(newer, after)).rejects.toMatchObject({ code: 'report/newer' });
    await expect(compare(path('none.json'), after)).rejects.toMatchObject({ code: 'file/not-found' });
    await expect(compare(path('none.csv'), path('nor.csv'))).rejects.toMatchObject({ code: 'file/not-found' });
    const rows = write('rows.json', '[{"stage": "Lead"}]');
    await expect(compare(rows, after)).rejects.toThrow(/not a saved report \(it is JSON of something else\)$/);
    await expect(compare(text, after)).rejects.toThrow(/not a saved report \(“\w+” is missing or damaged\)$/);
    await expect(compare('-', '-')).rejects.toMatchObject({ code: 'flag/file-twice' });
  });
});
