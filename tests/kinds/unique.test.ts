import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditReport } from '../../src/report/report.ts';
import { auditTables, dealsOf, messagesOf, ruleOf } from './audit-rules.ts';

function audit(rule: string, deals: string): Promise<AuditReport> {
  return auditTables({ rules: `version: 1\nrules:\n  my/rule: {${rule}}\n`, deals });
}

describe('a name in several spellings', () => {
  const rule = 'unique: {fields: account, near: true}, severity: warn';

  it('is found in all but the spelling that is used most', async () => {
    const report = await audit(
      rule,
      `id,stage,account
1,Lead,北京星河科技有限公司
2,Lead,北京星河科技有限公司
3,Lead,北京星河科技股份有限公司
4,Lead,ACME Corp.
5,Lead,"Acme, Inc."
6,Lead,招商银行上海分行
7,Lead,招商银行北京分行
8,Lead,
`,
    );
    expect(dealsOf(report, 'my/rule')).toEqual(['3', '4', '5']);
    expect(messagesOf(report, 'my/rule')).toEqual([
      'Account “北京星河科技股份有限公司” is also written “北京星河科技有限公司” (rows 2, 3)',
      'Account “ACME Corp.” is also written “Acme, Inc.” (rows 6)',
      'Account “Acme, Inc.” is also written “ACME Corp.” (rows 5)',
    ]);
    expect(ruleOf(report, 'my/rule').counts).toMatchObject({ checked: 7, violating: 3, unknown: 1 });
  });

  it('is not seen in ids, which differ by their case alone', async () => {
    const deals = 'id,stage,account\n1,Lead,0014600001Tvgfa\n2,Lead,0014600001TvgfA\n3,Lead,0014600001TvgfZAAR\n';
    expect(dealsOf(await audit(rule, deals), 'my/rule')).toEqual([]);
    const similar = 'unique: {fields: account, near: similar}';
    expect(dealsOf(await audit(similar, deals), 'my/rule')).toEqual([]);
  });

  it('is looked for among the deals picked', async () => {
    const report = await audit(
      `where: stage.kind = open, ${rule}`,
      'id,stage,account\n1,Lead,Acme Inc.\n2,Lost,Acme\n3,Lead,Beta\n',
    );
    expect(ruleOf(report, 'my/rule')).toMatchObject({ verdict: 'pass', counts: { checked: 2, filteredOut: 1 } });
  });

  it('takes little time and few words where one name has many spellings', async () => {
    const rows = Array.from(
      { length: 20_000 },
      (_, id) => `${id},Lead,Acme${'.'.repeat(id % 200)} ${'-'.repeat(id / 200)}`,
    );
    const report = await audit(rule, `id,stage,account\n${rows.join('\n')}\n`);
    expect(ruleOf(report, 'my/rule').counts.violating).toBeGreaterThan(19_000);
    expect(messagesOf(report, 'my/rule')[0]?.length).toBeLessThan(2_000);
  });
});

it('names that are much alike are found, with how much; those that are equal once normalised are not', async () => {
  const report = await audit(
    'unique: {fields: account, near: similar}, severity: info',
    `id,stage,account
1,Lead,上海云图数据服务有限公司
2,Lead,上海云图数据服务有限公司
3,Lead,上海云途数据服务有限公司
4,Lead,华为技术有限公司
5,Lead,华为云计算技术有限公司
6,Lead,Northwind Traders
7,Lead,Northwind Traders Inc.
8,Lead,Renewal 2023
9,Lead,Renewal 2024
`,
  );
  expect(messagesOf(report, 'my/rule', 'zh')).toEqual([
    '客户“上海云途数据服务有限公司”与“上海云图数据服务有限公司”的相似度为 71.4%（第 2、3 行），请确认是否为同一客户',
  ]);
  expect(dealsOf(report, 'my/rule')).toEqual(['3']);
});

describe('deals of one customer', () => {
  const rule = 'unique: {fields: account, near: deals}, severity: info';
  const header = 'id,stage,account,name,amount,currency,owner,created,closed';

  it.each([
    [
      'amounts within 5 %',
      '1,Lead,Acme,CRM,100000,USD,Ann,2026-03-01,',
      '2,Lead,Acme Inc.,Suite,105000,USD,Bob,2026-04-01,',
      true,
    ],
    [
      'amounts further apart',
      '1,Lead,Acme,CRM,100000,USD,Ann,2026-03-01,',
      '2,Lead,Acme,Suite,106000,USD,Bob,2026-04-01,',
      false,
    ],
    [
      'another currency',
      '1,Lead,Acme,CRM,100000,USD,Ann,2026-03-01,',
      '2,Lead,Acme,Suite,100000,CNY,Bob,2026-04-01,',
      false,
    ],
    [
      'another customer',
      '1,Lead,Acme,CRM,100000,USD,Ann,2026-03-01,',
      '2,Lead,Beta,Suite,100000,USD,Bob,2026-04-01,',
      false,
    ],
    [
      'one closed before the other began',
      '1,Won,Acme,CRM,100000,USD,Ann,2026-03-01,2026-03-31',
      '2,Lead,Acme,Suite,100000,USD,Bob,2026-04-01,',
      false,
    ],
    [
      'one closed on the day the other began',
      '1,Won,Acme,CRM,100000,USD,Ann,2026-03-01,2026-04-01',
      '2,Lead,Acme,Suite,100000,USD,Bob,2026-04-01,',
      true,
    ],
    [
      'names numbered differently',
      '1,Lead,Acme,Renewal 2025,100000,USD,Ann,2026-03-01,',
      '2,Lead,Acme,Renewal 2026,100000,USD,Bob,2026-04-01,',
      false,
    ],
    [
      'one owner and names alike',
      '1,Lead,Acme,Warehouse robots,100000,USD,Ann,2026-03-01,',
      '2,Lead,Acme,Warehouse robot,250000,USD,Ann,2026-04-01,',
      true,
    ],
    [
      'one owner and other names',
      '1,Lead,Acme,Warehouse robots,100000,USD,Ann,2026-03-01,',
      '2,Lead,Acme,Training,250000,USD,Ann,2026-04-01,',
      false,
    ],
    ['no amount', '1,Lead,Acme,CRM,,USD,Ann,2026-03-01,', '2,Lead,Acme,Suite,,USD,Bob,2026-04-01,', false],
    [
      'one id, which another rule looks after',
      '1,Lead,Acme,CRM,100000,USD,Ann,2026-03-01,',
      '1,Lead,Acme,Suite,100000,USD,Bob,2026-04-01,',
      false,
    ],
    [
      'all alike, which another rule looks after',
      '1,Lead,Acme,CRM,100000,USD,Ann,2026-03-01,',
      '2,Lead,Acme,CRM,100000,USD,Bob,2026-04-01,',
      false,
    ],
  ])('with %s', async (_, one, other, found) => {
    const report = await audit(rule, `${header}\n${one}\n${other}\n`);
    expect(ruleOf(report, 'my/rule').counts.violating).toBe(found ? 2 : 0);
  });

  it('are two where they are about different products', async () => {
    const deals = (product: string): string =>
      `id,stage,account,amount,created,product\n1,Lead,Acme,100,2026-03-01,Robots\n2,Lead,Acme,100,2026-03-01,${product}\n`;
    expect(ruleOf(await audit(rule, deals('Arms')), 'my/rule').counts.violating).toBe(0);
    expect(ruleOf(await audit(rule, deals('Robots')), 'my/rule').counts.violating).toBe(2);
    expect(ruleOf(await audit(rule, deals('')), 'my/rule').counts.violating).toBe(2);
  });

  it('are unknown where nobody knows when they were open', async () => {
    const report = await audit(rule, `${header}\n1,Lead,Acme,CRM,1,USD,Ann,,\n2,Won,Acme,CRM,5,USD,Ann,2026-01-01,\n`);
    expect(ruleOf(report, 'my/rule').counts).toMatchObject({ checked: 0, unknown: 2 });
  });

  it('are compared in little time, however many they are', async () => {
    const rows = Array.from(
      { length: 20_000 },
      (_, id) => `${id},Lead,Acme,Deal ${id},${1000 + (id % 7)},USD,Ann,2026-03-01,`,
    );
    await audit(rule, `${header}\n${rows.join('\n')}\n`);
  });

  it('are the same pairs whichever comes first', async () => {
    const row = fc.tuple(
      fc.constantFrom('Acme', 'Acme Inc.', 'Beta'),
      fc.constantFrom('CRM', 'CRM suite', 'Renewal 2025', ''),
      fc.constantFrom('100', '104', '300', ''),
      fc.constantFrom('Ann', 'Bob', ''),
      fc.constantFrom('2026-01-05', '2026-03-01', ''),
    );
    const flagged = async (rows: readonly string[]): Promise<readonly (string | null)[]> =>
      [...dealsOf(await audit(rule, `${header}\n${rows.join('\n')}\n`), 'my/rule')].sort();
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 2, maxLength: 8 }), async (deals) => {
        const rows = deals.map(
          ([account, name, amount, owner, created], id) =>
            `${id},Lead,${account},${name},${amount},USD,${owner},${created},`,
        );
        expect(await flagged([...rows].reverse())).toEqual(await flagged(rows));
      }),
      { numRuns: 15 },
    );
  });
});

describe('rows of team members', () => {
  const rule = 'unique: {fields: id, differ_only_in: [team_member, team_role, product]}';

  it('are told from plain duplicates and from rows that differ elsewhere', async () => {
    const report = await audit(
      rule,
      `id,stage,amount,close,team_member,product
1,Lead,900,2026-07-01,Ann,
1,Lead,900,2026-07-01,Bob,
2,Lead,900,2026-07-01,Ann,
2,Lead,900,2026-07-01,Ann,
3,Lead,900,2026-07-01,Ann,
3,Lead,950,2026-07-01,Bob,
4,Lead,900.00,,Ann,Robots
4,Lead,900,,Ann,Arms
5,Lead,900,2026-07-01,Ann,
,Lead,900,2026-07-01,Ann,
,Lead,900,2026-07-01,Bob,
`,
    );
    expect(dealsOf(report, 'my/rule')).toEqual(['1', '1', '4', '4']);
    expect(messagesOf(report, 'my/rule')[0]).toBe('2 rows (2, 3) of 1 differ only in Team member, Product');
    expect(ruleOf(report, 'my/rule').counts).toMatchObject({ checked: 9, violating: 4, unknown: 2 });
  });

  it('are not looked for in a file without such columns', async () => {
    const report = await audit(rule, 'id,stage\n1,Lead\n1,Lead\n');
    expect(ruleOf(report, 'my/rule')).toMatchObject({
      verdict: 'not-run',
      reason: { en: 'no column for Team member or Team role or Product' },
    });
  });
});
