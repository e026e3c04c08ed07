import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AuditFlags, auditCommand } from '../../src/cli/audit-command.ts';
import { createMemoryHost } from './memory-host.ts';

const RULES = `version: 1
stages:
  - {id: lead, match: [Lead]}
  - {id: won, match: [Won], kind: won}
  - {id: lost, match: [Lost], kind: lost}
fields:
  id: {column: Deal ID}
  owner: {label: {en: Owner, zh: 负责人}, column: Owner}
  region: {label: {en: Sales area, zh: 大区}, column: Area}
  stage: {column: Stage}
  close: {column: Close Date, type: date}
rules:
  late: {assert: 'close >= today', where: 'stage.kind = open'}
`;
const HEADER = 'Deal ID,Owner,Stage,Close Date\n';
const DEALS = `${HEADER}1,Ann,Lead,2026-10-01\n2,Bo,Won,2026-09-01\n3,Bo,Lead,2026-09-01\n`;

let folder = '';
const path = (name: string): string => join(folder, name);
const write = (name: string, text: string): string => {
  writeFileSync(path(name), text);
  return path(name);
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'funnelint-flags-'));
  write('rules.yaml', RULES);
});
afterEach(() => rmSync(folder, { recursive: true }));

async function audit(file: string, more: Partial<AuditFlags> = {}) {
  const host = createMemoryHost(folder);
  const flags: AuditFlags = { config: path('rules.yaml'), color: 'never', maxFindings: 3, ...more };
  const exit = await auditCommand([file], flags, host);
  return { exit, printed: host.printed() };
}

describe('--previous', () => {
  it('is refused where its name dates it after the audited day', async () => {
    const [earlier, later] = [write('deals-2026-10-18.csv', DEALS), write('deals-2026-10-25.csv', DEALS)];
    const swapped = await audit(earlier, { previous: [later], failOn: 'never' });
    expect(swapped.exit).toBe(2);
    expect(swapped.printed).toContain('deals-2026-10-25.csv: is later than the audited day 2026-10-18');
    const chinese = await audit(earlier, { previous: [later], lang: 'zh' });
    expect(chinese.printed).toContain('晚于基准日 2026-10-18');
    expect(chinese.printed).toContain('请对调两个文件');
    expect((await audit(later, { previous: [earlier], failOn: 'never' })).exit).toBe(0);
  });

  it('may be undated where its rows say when it was made, or be of the same day', async () => {
    const [list, same] = [write('deals-2026-10-18.csv', DEALS), write('copy-2026-10-18.csv', DEALS)];
    expect((await audit(list, { previous: [same], failOn: 'never' })).exit).toBe(0);
  });
});

describe('--by', () => {
  it('names the fields of the rules where there is no such field', async () => {
    const { exit, printed } = await audit(write('deals.csv', DEALS), { by: ['channel'] });
    expect(exit).toBe(2);
    expect(printed).toContain('there is no field “channel”');
    expect(printed).toMatch(/Fields of these rules: id, .*owner, .*region/);
  });

  it('says once which fields have no column, and goes on', async () => {
    const { exit, printed } = await audit(write('deals.csv', DEALS), { by: ['owner', 'region'], failOn: 'never' });
    expect(exit).toBe(0);
    expect(printed.match(/--by: no column for Sales area\n/g)).toHaveLength(1);
    const json = await audit(path('deals.csv'), { by: ['region'], lang: 'zh', quiet: true, failOn: 'never' });
    expect(json.printed).not.toContain('--by');
    const chinese = await audit(path('deals.csv'), { by: ['region'], lang: 'zh', failOn: 'never' });
    expect(chinese.printed).toContain('--by：没有对应的列：大区');
  });
});

describe('--save under a page for one purpose', () => {
  it.each([
    ['en', '4 findings more than on 2026-08-03 (funnelint compare'],
    ['zh', '比 2026-08-03 多 4 条问题（funnelint compare'],
  ] as const)('says in one line what changed (%s)', async (lang, line) => {
    const flags = { save: path('saved'), view: 'standup', lang, failOn: 'never' } as const;
    await audit(write('deals-2026-08-03.csv', DEALS), flags);
    const { printed } = await audit(write('deals-2026-10-25.csv', DEALS), flags);
    expect(printed.replace(/\s+/g, '')).toContain(line.replace(/\s+/g, ''));
    expect(printed).not.toMatch(/Since the last one|与上次相比/);
  });
});

describe('the health line', () => {
  it('keeps what was measured from what was not', async () => {
    const deals = write('deals.csv', DEALS);
    const { printed } = await audit(deals, { failOn: 'never' });
    expect(printed.replace(/\s+/g, ' ')).toMatch(
      /Readable cells 100% → 100 points · not measured: .*forecast calibration/,
    );
    expect(printed).not.toMatch(/n\/a ·/);
    const chinese = (await audit(deals, { failOn: 'never', lang: 'zh' })).printed.replace(/\s+/g, '');
    expect(chinese).toMatch(/可识别的单元格100%→100分·未能衡量：.*、/);
  });
});

describe('the deals of a saved report', () => {
  it('are one line a column, and read back as they were', async () => {
    await audit(write('deals-2026-10-25.csv', DEALS), { save: path('saved'), failOn: 'never' });
    const text = readFileSync(path('saved/2026-10-25.json'), 'utf8');
    expect(text).toContain('\n    "keys": ["1","2","3"],\n');
    const { deals } = JSON.parse(text);
    expect(deals.outcomes).toEqual(['open', 'won', 'open']);
    expect(text.split('\n').filter((line) => line.startsWith('    "') && line.includes('":['))).toEqual([]);
    expect(Object.keys(deals)).toHaveLength(text.match(/^ {4}"\w+": \[("|n|\]|\d).*\],?$/gm)?.length ?? 0);
  });
});
