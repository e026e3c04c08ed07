import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { InputFile } from '../../src/read-inputs.ts';
import { auditBy, csv, type Drafted, drafted, loaded } from './draft-fixture.ts';

const SAMPLES = fileURLToPath(new URL('../../samples/', import.meta.url));
const SAMPLE_FILES = ['salesforce', 'hubspot', 'fxiaoke'].flatMap((vendor) =>
  readdirSync(`${SAMPLES}${vendor}`)
    .filter((name) => /\.(?:csv|xlsx)$/.test(name) && name !== 'history.csv')
    .map((name) => `${SAMPLES}${vendor}/${name}`),
);

const VENDORS: Readonly<Record<string, string>> = {
  pipedrive: `Deal - ID,Deal - Title,Deal - Value,Deal - Currency,Deal - Stage,Deal - Status,Deal - Owner,Deal - Expected close date,Deal - Lost reason
1,Alpha,1200.0,EUR,Negotiations Started,Won,Ana,2026-05-01,
2,Beta,800.0,EUR,Contact Made,Lost,Ben,2026-05-11,Price
3,Gamma,500.0,EUR,Homework,Open,Ana,2026-07-01,
`,
  zoho: `Record Id,Deal Owner.id,Deal Owner,Amount,Deal Name,Closing Date,Account Name.id,Account Name,Stage,Created Time,Reason For Loss,Currency
zcrm_1,zcrm_90,Ana,1200,Alpha,2026-05-02,zcrm_51,Alpha Ltd,Closed Won,2026-03-01 10:00:00,,USD
zcrm_2,zcrm_90,Ana,800,Beta,2026-05-03,zcrm_52,Beta Ltd,Closed Lost to Competition,2026-03-01 10:00:00,Price,USD
`,
  odoo: `Opportunity,Customer,Salesperson,Sales Team,Expected Revenue,Prorated Revenue,Probability,Stage,Expected Closing
Alpha,Alpha Ltd,Ana,Europe,1200,1200,100,Won,2026-05-01
Gamma,Gamma Ltd,Ben,Europe,500,150,30,Qualified,2026-07-01
`,
  dynamics: `(Do Not Modify) Opportunity,(Do Not Modify) Row Checksum,(Do Not Modify) Modified On,Topic,Est. close date,Est. revenue,Pipeline Phase,Status,Owner
a1,x1,46160.5,Alpha,46150,1200,4-Close,Won,Ana
a2,x2,46160.5,Beta,46250,800,2-Develop,Open,Ben
`,
};

/** Field → header, of the deals by the draft and by an audit with it. */
async function fieldsBy({ text }: Drafted, file: InputFile): Promise<Readonly<Record<string, string>>> {
  const { inputs } = await auditBy(text, file);
  const columns = inputs[0]?.columns ?? [];
  return Object.fromEntries(columns.flatMap(({ header, field }) => (field === null ? [] : [[field, header.trim()]])));
}

async function expectSound(made: Drafted, file: InputFile): Promise<void> {
  const fields = await fieldsBy(made, file);
  for (const { field, header } of made.draft.fields) expect(fields[field]).toBe(header);
  const report = await auditBy(made.text, file);
  expect(report.faults).toEqual([]);
  for (const { id, verdict, counts } of report.rules) {
    const own = made.draft.required.rules.find((rule) => rule.id === id);
    if (own === undefined) continue;
    expect([id, verdict, counts.checked, counts.violating]).toEqual([id, 'pass', own.of, own.missing]);
  }
}

function listOf(count: number, rowOf: (index: number) => string, header: string): string {
  return `${header}\n${Array.from({ length: count }, (_, index) => `${rowOf(index)}\n`).join('')}`;
}

const CHINESE = listOf(
  60,
  (index) =>
    `客户${index % 7},${index}号项目,${['初步接触', '方案报价', '商务谈判', '赢单', '丢单'][index % 5]},` +
    `${index % 20 === 0 ? '' : (index + 1) * 1000},${['王伟', '李娜', '张敏'][index % 3]},2026/7/${1 + (index % 28)},` +
    `${index % 13 === 0 ? '待确认' : '官网'},备用`,
  '客户名称,项目名称,阶段,金额,跟单人,预计签单日期,来源,备用列',
);

describe('a drafted file', () => {
  it.each([...SAMPLE_FILES])('audits %s: every column is found, and its own rules pass', async (file) => {
    await expectSound(await drafted(file), file);
  });

  it.each(Object.entries(VENDORS))('audits an export of %s, and extends its pack', async (pack, text) => {
    const made = await drafted(csv(text));
    expect(made.yaml['extends']).toEqual(['funnelint:recommended', `funnelint:${pack}`]);
    await expectSound(made, csv(text));
  });

  it('audits a list kept by hand', async () => {
    const made = await drafted(csv(CHINESE), {}, 'zh');
    expect(made.yaml).toMatchObject({
      source: { key: 'name', missing: ['1900-01-01', '待确认'] },
      fields: { owner: { column: '跟单人' } },
      segments: ['owner', 'source'],
      rules: {
        'owner/missing': { required: { fields: ['owner'] }, warn: '> 0', fail: '> 5%' },
        'deal/amount-missing': { warn: '> 5%', fail: '> 10%' },
        'field/source-missing': { warn: '> 8.4%', fail: '> 14%' },
      },
    });
    expect(made.text).toContain('# 没有对应字段的列：备用列');
    expect(made.text).toContain('  # currency: CNY # 57 个金额没有币种');
    await expectSound(made, csv(CHINESE));
  });

  it('warns of a little more than was missing, and fails on much more', async () => {
    const made = await drafted(csv(CHINESE));
    const worse = CHINESE.replaceAll(/,\d+000,/g, (amount) => (/,\d000,/.test(amount) ? ',,' : amount));
    const { rules } = await auditBy(made.text, csv(worse));
    expect(rules.find(({ id }) => id === 'deal/amount-missing')?.verdict).toBe('fail');
    const slightly = CHINESE.replace(',2000,', ',,');
    const then = await auditBy(made.text, csv(slightly));
    expect(then.rules.find(({ id }) => id === 'deal/amount-missing')?.verdict).toBe('warn');
  });

  it('requires a field from the stage on from which it is filled', async () => {
    const row = (index: number): string => {
      const stage = ['Lead', 'Qualified', 'Proposal', 'Won'][index % 4] as string;
      return `D-${index},${stage},${stage === 'Proposal' || stage === 'Won' ? index : ''},Ann`;
    };
    const text = listOf(48, row, 'Deal ID,Stage,Amount,Owner');
    const made = await drafted(csv(text));
    expect(made.yaml['rules']).toMatchObject({
      'deal/amount-missing': { required: { fields: ['amount'], from: 'proposal' } },
    });
    expect(made.draft.stages.list?.map(({ id }) => id)).toEqual(['lead', 'qualified', 'proposal', 'won', 'lost']);
    expect(made.draft.required.ofStages[2]).toEqual(['amount']);
    await expectSound(made, csv(text));
  });

  it('switches the rule about the amount off where it could not run', async () => {
    const text = listOf(
      40,
      (index) => `D-${index},${index % 2 ? 'Spark' : 'Flame'},${index % 4 === 0 ? index : ''}`,
      'Deal ID,Stage,Amount',
    );
    const made = await drafted(csv(text));
    expect(made.yaml['rules']).toMatchObject({ 'deal/amount-missing': 'off' });
    await expectSound(made, csv(text));
  });

  it('says the order of day and month', async () => {
    const text = listOf(
      30,
      (index) => `D-${index},Lead,${10 + (index % 19)}/03/2026,0${1 + (index % 9)}/0${1 + (index % 8)}/2026`,
      'Deal ID,Stage,Created Date,Close Date',
    );
    const made = await drafted(csv(text));
    expect(made.yaml['source']).toMatchObject({ dates: { created: 'DD/MM/YYYY', close: 'DD/MM/YYYY' } });
    expect(made.draft.source.dates.map(({ by }) => by)).toEqual(['cells', 'others']);
    await expectSound(made, csv(text));
    const alone = 'Deal ID,Stage,Close Date\n1,Lead,01/02/2026\n2,Lead,03/04/2026\n';
    const guessed = await drafted(csv(alone));
    expect(guessed.text).toContain('close: DD/MM/YYYY # CHECK');
    await expectSound(guessed, csv(alone));
  });

  it('takes a currency that most amounts have, and leaves open what nothing tells', async () => {
    const marked = listOf(
      10,
      (index) => `D-${index},Lead,${index < 8 ? '€' : ''}${index + 1}00`,
      'Deal ID,Stage,Amount',
    );
    expect((await drafted(csv(marked))).yaml['source']).toMatchObject({ currency: 'EUR' });
    const bare = listOf(10, (index) => `D-${index},Lead,${index + 1}00`, 'Deal ID,Stage,Amount');
    expect((await drafted(csv(bare))).yaml['source']).toEqual({ key: 'id' });
    expect((await drafted(csv(bare), { currency: 'CHF' })).yaml['source']).toMatchObject({ currency: 'CHF' });
  });

  it('names a column the user chose', async () => {
    const text = listOf(12, (index) => `D-${index},Lead,${index}000,${index}500`, 'Deal ID,Stage,Sum A,Sum B');
    const made = await drafted(csv(text), { columns: { amount: 'Sum B' } });
    expect(made.yaml['fields']).toMatchObject({ amount: { column: 'Sum B' } });
    await expectSound(made, csv(text));
  });

  it.each([
    ['no stage column', 'Deal ID,Amount\n1,5\n', 'no column says which stage'],
    ['no rows', 'Deal ID,Stage,Amount\n', 'no row has one'],
    ['one row', 'Deal ID,Stage,Amount\n1,Lead,5\n', 'match: [Lead]'],
    ['headers alike', 'Deal ID,Stage,Stage,Amount,Amount\n1,Lead,x,5,6\n2,Won,y,7,8\n', 'match: [Lead]'],
    [
      'a header of several lines',
      '"Deal\nID # {x}",Stage,"note: ""a""\n# b"\nA-1,Lead,x\nA-2,Won,y\n',
      '# Columns that serve no field:',
    ],
  ])('is valid with %s', async (_, text, remark) => {
    for (const lang of ['en', 'zh'] as const) {
      const made = await drafted(csv(text), {}, lang);
      loaded(made.text);
      await expectSound(made, csv(text));
      if (lang === 'en') expect(made.text).toContain(remark);
      expect(made.text.split('\n').every((line) => line === '' || /^(?:#|[a-z]+:| +[-#a-z])/.test(line))).toBe(true);
    }
  });

  it('is the same however the rows are sorted', async () => {
    const [header = '', ...rows] = CHINESE.trimEnd().split('\n');
    const shuffled = `${[header, ...rows.toReversed()].join('\n')}\n`;
    expect((await drafted(csv(shuffled))).text).toBe((await drafted(csv(CHINESE))).text);
  });
});
