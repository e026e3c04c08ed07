import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ColumnMapping, mapColumns, mapEarlier } from '../../../src/dataset/columns/content-mapping.ts';
import { mapHeaders } from '../../../src/dataset/columns/mapping.ts';
import { dayOf, isoOf } from '../../../src/dataset/values/calendar.ts';
import { loadRuleset } from '../../../src/ruleset/load.ts';
import { sheetOf } from '../sheet-fixture.ts';

const ruleset = loadRuleset({ file: null, packs: [] });
const AS_OF = dayOf(2026, 6, 1);
const STAGES = ['Lead', 'Qualified', 'Proposal', 'Negotiation', 'Closed Won', 'Closed Lost'];
const PEOPLE = ['Anna Schmidt', 'Ben Krüger', 'Carla Weiß', 'Deniz Yilmaz'];
const HAN_PEOPLE = ['王小明', '李娜', '张伟', '陈晓东'];

type Cell = (row: number) => string;

/** Columns of cells that differ as deals do. */
const CELLS = {
  id: (row) => `OPP-${String(1001 + row * 3)}`,
  name: (row) => `${['Neue Anlage', 'Wartung für', 'Ausbau bei'][row % 3]} Werk ${row + 1}`,
  stage: (row) => STAGES[(row * 7) % 6] as string,
  stageZh: (row) => ['初步接触', '需求确认', '方案报价', '商务谈判', '赢单', '输单'][(row * 7) % 6] as string,
  amount: (row) => String(((row * 7919) % 97) * 1250 + 500),
  amountMarked: (row) => `¥${(((row * 7919) % 97) * 1250 + 500).toLocaleString('en-US')}`,
  owner: (row) => PEOPLE[(row * 5) % 4] as string,
  ownerZh: (row) => HAN_PEOPLE[(row * 5) % 4] as string,
  created: (row) => isoOf(AS_OF - 30 - ((row * 37) % 300)),
  close: (row) => isoOf(AS_OF - 25 + ((row * 53) % 200)),
  probability: (row) => ['10%', '25%', '50%', '75%', '100%', '0%'][(row * 7) % 6] as string,
  currency: (row) => ['EUR', 'USD', 'EUR'][row % 3] as string,
  yesNo: (row) => (row % 3 === 0 ? 'Ja' : 'Nein'),
  yesNoZh: (row) => (row % 3 === 0 ? '是' : '否'),
  industry: (row) => ['Software', 'Retail', 'Financial Services', 'Health Care', 'Public Sector'][row % 5] as string,
  industryZh: (row) => ['制造业', '金融', '教育', '医疗健康', '零售'][row % 5] as string,
  phone: (row) => `138${String(10_000_000 + row * 7_654_321).slice(0, 8)}`,
  phoneMarked: (row) => `+49 30 ${1_000_000 + row * 7919}`,
  postcode: (row) => String(10_115 + row * 311),
  postcodeZh: (row) => `${2 + (row % 7)}${String(row * 37 + 10).padStart(4, '0')}0`,
  year: (row) => String(1990 + (row % 35)),
  score: (row) => String((row * 13) % 100),
  status: (row) => ['进行中', '赢单', '输单'][row % 3] as string,
} satisfies Record<string, Cell>;

type Kind = keyof typeof CELLS;

function tableOf(columns: Readonly<Record<string, Kind>>, rows = 60) {
  const kinds = Object.values(columns);
  return sheetOf(
    Object.keys(columns).map((header) => header.trim()),
    Array.from({ length: rows }, (_, row) => kinds.map((kind) => CELLS[kind](row))),
  );
}

function mapped(columns: Readonly<Record<string, Kind>>, rows?: number): ColumnMapping {
  return mapColumns(tableOf(columns, rows), ruleset, AS_OF);
}

function fieldsOf({ mappings }: ColumnMapping): Record<string, string> {
  return Object.fromEntries(mappings.map(({ field, header }) => [field, header]));
}

function asked({ questions }: ColumnMapping): Record<string, readonly string[]> {
  return Object.fromEntries(questions.map(({ field, candidates }) => [field, candidates.map(({ header }) => header)]));
}

describe('columns whose header tells nothing', () => {
  it('are mapped by their cells in a German table', () => {
    const mapping = mapped({
      Nummer: 'id',
      Vorgang: 'name',
      Phase: 'stage',
      Betrag: 'amount',
      Verantwortlich: 'owner',
      Angelegt: 'created',
      Abschluss: 'close',
    });
    expect(fieldsOf(mapping)).toEqual({
      id: 'Nummer',
      name: 'Vorgang',
      stage: 'Phase',
      amount: 'Betrag',
      owner: 'Verantwortlich',
      created: 'Angelegt',
      close: 'Abschluss',
    });
    expect(mapping.questions).toEqual([]);
    for (const { confidence } of mapping.byContent) expect(confidence).toBeLessThan(0.95);
  });

  it('are mapped in a Chinese table', () => {
    const mapping = mapped({ 号: 'id', 进度: 'stageZh', 钱数: 'amountMarked', 负责同事: 'ownerZh' });
    expect(fieldsOf(mapping)).toEqual({ id: '号', stage: '进度', amount: '钱数', owner: '负责同事' });
  });

  it('are mapped where no header makes sense, or there is none', () => {
    const kinds: readonly Kind[] = [
      'id',
      'name',
      'stage',
      'amount',
      'owner',
      'created',
      'close',
      'probability',
      'currency',
    ];
    const numbered = mapped(Object.fromEntries(kinds.map((kind, at) => [`col${at + 1}`, kind])));
    expect(fieldsOf(numbered)).toEqual(Object.fromEntries(kinds.map((kind, at) => [kind, `col${at + 1}`])));
    const blank = mapped(Object.fromEntries(kinds.map((kind, at) => [' '.repeat(at), kind])));
    expect(Object.fromEntries(blank.mappings.map(({ field, index }) => [field, index]))).toEqual(
      Object.fromEntries(kinds.map((kind, at) => [kind, at])),
    );
  });

  it('says how many cells fit', () => {
    const rows = Array.from({ length: 214 }, (_, row) => [`OPP-${1001 + row}`, row < 2 ? 'Grübeln' : CELLS.stage(row)]);
    const { byContent } = mapColumns(sheetOf(['Opportunity ID', 'Phase'], rows), ruleset, AS_OF);
    expect(byContent).toMatchObject([{ field: 'stage', header: 'Phase', matched: 212, filled: 214 }]);
    expect(byContent[0]?.confidence).toBeGreaterThan(0.85);
    expect(byContent[0]?.confidence).toBeLessThan(0.9);
  });
});

describe('false friends', () => {
  const needed = { 'Opportunity ID': 'id', Name: 'name', 'Created Date': 'created', 'Close Date': 'close' } as const;

  it.each([
    ['yes and no', 'Aktiv', 'yesNo'],
    ['yes and no in Chinese', '启用', 'yesNoZh'],
    ['industries', 'Gruppe', 'industry'],
    ['industries in Chinese', '分组', 'industryZh'],
    ['mobile numbers', 'K1', 'phone'],
    ['phone numbers', 'K2', 'phoneMarked'],
    ['postcodes', 'K3', 'postcode'],
    ['Chinese postcodes', 'K4', 'postcodeZh'],
    ['years', 'K5', 'year'],
    ['scores', 'K6', 'score'],
    ['statuses', 'K7', 'status'],
  ] as const)('does not take %s for a field', (_, header, kind) => {
    const mapping = mapped({ ...needed, [header]: kind });
    expect(mapping.byContent).toEqual([]);
  });

  it.each([
    'Expected Revenue',
    'Weighted amount',
    'Weighted amount (EUR)',
    'Gewichteter Betrag',
    '预测金额',
    '加权金额（万元）',
    '客户预算',
    'Annual revenue',
  ])('does not take %s for the amount', (header) => {
    const mapping = mapped({ ...needed, Stage: 'stage', Owner: 'owner', [header]: 'amountMarked' });
    expect(fieldsOf(mapping)['amount']).toBeUndefined();
    expect(asked(mapping)['amount']).toBeUndefined();
  });

  it.each([
    '创建人',
    'Created By',
    'Created by (name)',
    '员工姓名',
    '协作人',
    '外部负责人',
    '最后修改人',
    'Ansprechpartner',
  ])('does not take %s for the owner', (header) => {
    const mapping = mapped({ ...needed, Stage: 'stage', Amount: 'amount', [header]: 'owner' });
    expect(fieldsOf(mapping)['owner']).toBeUndefined();
    expect(asked(mapping)['owner']).toBeUndefined();
  });

  it('does not take the number of the row, or a year, for an id', () => {
    const rows = Array.from({ length: 50 }, (_, row) => [String(row + 1), CELLS.stage(row)]);
    expect(mapColumns(sheetOf(['x', 'Stage'], rows), ruleset, AS_OF).byContent).toEqual([]);
    const years = rows.map(([, stage = ''], row) => [String(1960 + row), stage]);
    expect(mapColumns(sheetOf(['x', 'Stage'], years), ruleset, AS_OF).byContent).toEqual([]);
  });
});

describe('headers like known ones', () => {
  it.each([
    ['Opp Stage', 'stage', 'stage'],
    ['Deal stage name', 'stage', 'stage'],
    ['商机所处阶段', 'stageZh', 'stage'],
    ['预计成交金额(元)', 'amount', 'amount'],
    ['Deal Amount (USD)', 'amount', 'amount'],
    ['金额（万元）', 'amount', 'amount'],
    ['Close date (est.)', 'close', 'close'],
    ['Close date (est.)', 'created', 'close'],
    ['Primary deal owner', 'owner', 'owner'],
    ['Win probability (CRM)', 'probability', 'probability'],
    ['Currency of deal', 'currency', 'currency'],
  ] as const)('maps %s over cells of %s', (header, kind, field) => {
    const mapping = mapped({ [header]: kind, Amt: 'yesNo', Notes: 'industry' }, 5);
    const found = mapping.byContent.find((each) => each.header === header);
    expect(found?.field).toBe(field);
    expect(found?.confidence).toBeGreaterThanOrEqual(0.6);
    expect(found?.confidence).toBeLessThanOrEqual(0.9);
  });

  it('does not map it over cells that are none', () => {
    expect(mapped({ 'Deal Amount (USD)': 'owner' }).byContent).toEqual([]);
    expect(mapped({ 'Close date (est.)': 'stage' }).byContent).toEqual([]);
  });

  it('prefers it to a column that only holds the same', () => {
    const mapping = mapped({ Summe: 'amountMarked', 'Deal Amount (USD)': 'amount' });
    expect(fieldsOf(mapping)['amount']).toBe('Deal Amount (USD)');
  });

  it('leaves a column alone that is like one of another field', () => {
    const mapping = mapped({ 'Last activity date (UTC)': 'created', 'Next activity date (local)': 'close' });
    expect(mapping.byContent).toEqual([]);
  });
});

describe('doubt', () => {
  it('asks where two columns could be the amount', () => {
    const mapping = mapped({ 'Opportunity ID': 'id', Stage: 'stage', Summe: 'amount', Betrag: 'amount' });
    expect(fieldsOf(mapping)['amount']).toBeUndefined();
    expect(asked(mapping)['amount']).toEqual(['Summe', 'Betrag']);
  });

  it('asks where dates cannot be told apart', () => {
    const mapping = mapped({ 'Opportunity ID': 'id', Erste: 'created', Zweite: 'created' });
    expect(fieldsOf(mapping)['created']).toBeUndefined();
    expect(asked(mapping)).toMatchObject({ created: ['Erste', 'Zweite'], close: ['Erste', 'Zweite'] });
  });

  it('does not map dates whose day and month cannot be told apart', () => {
    const rows = Array.from({ length: 30 }, (_, row) => [`0${(row % 9) + 1}/0${(row % 7) + 1}/2026`, CELLS.id(row)]);
    expect(mapColumns(sheetOf(['Close date (est.)', 'ID'], rows), ruleset, AS_OF).byContent).toEqual([]);
  });

  it('asks nothing where only optional fields are missing', () => {
    const all = { ID: 'id', Name: 'name', Stage: 'stage', Amount: 'amount', Owner: 'owner' } as const;
    const mapping = mapped({
      ...all,
      Created: 'created',
      'Close Date': 'close',
      Chance: 'probability',
      EUR: 'currency',
    });
    expect(mapping.byContent).toEqual([]);
    expect(mapping.questions).toEqual([]);
  });
});

describe('any table', () => {
  const kinds = Object.keys(CELLS) as Kind[];
  const headers = [
    'Stage',
    'Amount',
    'Owner',
    'ID',
    '金额',
    'a',
    'b',
    'c',
    '',
    'Deal Amount (USD)',
    'Stage',
    'Phase',
    '2026',
  ];
  const table = fc
    .array(fc.tuple(fc.constantFrom(...headers), fc.constantFrom(...kinds)), { minLength: 1, maxLength: 8 })
    .chain((columns) => fc.tuple(fc.constant(columns), fc.integer({ min: 0, max: 40 })));

  const rowsOf = (columns: readonly (readonly [string, Kind])[], count: number) =>
    Array.from({ length: count }, (_, row) => columns.map(([, kind]) => CELLS[kind](row)));

  it('maps the same when its rows are shuffled', () => {
    fc.assert(
      fc.property(table, fc.integer(), ([columns, count], seed) => {
        const names = columns.map(([header]) => header);
        const rows = rowsOf(columns, count);
        const shuffled = rows
          .map((row, at) => ({ row, key: Math.imul(at + 1, seed | 1) % 10_007 }))
          .sort((a, b) => a.key - b.key)
          .map(({ row }) => row);
        expect(mapColumns(sheetOf(names, shuffled), ruleset, AS_OF)).toEqual(
          mapColumns(sheetOf(names, rows), ruleset, AS_OF),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('goes by the header where that tells, and gives a column to one field and a field one column', () => {
    fc.assert(
      fc.property(table, ([columns, count]) => {
        const names = columns.map(([header]) => header);
        const { mappings, questions } = mapColumns(sheetOf(names, rowsOf(columns, count)), ruleset, AS_OF);
        expect(mappings).toEqual(expect.arrayContaining([...mapHeaders(names, ruleset.fields)]));
        expect(new Set(mappings.map(({ index }) => index)).size).toBe(mappings.length);
        expect(new Set(mappings.map(({ field }) => field)).size).toBe(mappings.length);
        const served = new Set(mappings.map(({ field }) => field));
        for (const { field } of questions) expect(served.has(field)).toBe(false);
      }),
      { numRuns: 150 },
    );
  });

  it('maps the same when shuffled rows hold more texts than are looked at', () => {
    const columns = { a: 'id', b: 'name', c: 'stage', d: 'amountMarked', e: 'owner' } as const;
    const sheet = tableOf(columns, 5_000);
    const kinds = Object.values(columns);
    const backwards = Array.from({ length: 5_000 }, (_, row) => kinds.map((kind) => CELLS[kind](4_999 - row)));
    const mapping = mapColumns(sheet, ruleset, AS_OF);
    expect(mapColumns(sheetOf(Object.keys(columns), backwards), ruleset, AS_OF)).toEqual(mapping);
    expect(fieldsOf(mapping)).toEqual({ id: 'a', name: 'b', stage: 'c', amount: 'd', owner: 'e' });
  });
});

it('tells dates apart whose times are all different', () => {
  const rows = Array.from({ length: 4_000 }, (_, row) => [
    `${CELLS.created(row)} 08:${String(row % 60).padStart(2, '0')}:${String((row * 7) % 59).padStart(2, '0')}`,
    `${CELLS.close(row)} 09:${String((row * 11) % 60).padStart(2, '0')}:${String((row * 13) % 59).padStart(2, '0')}`,
  ]);
  const mapping = mapColumns(sheetOf(['x', 'y'], rows), ruleset, AS_OF);
  expect(fieldsOf(mapping)).toEqual({ created: 'x', close: 'y' });
});

it('maps an earlier export as the audited one, whatever its cells hold', () => {
  const deals = mapped({ Nummer: 'id', Phase: 'stage' });
  const earlier = sheetOf(['Phase', 'Nummer'], [['neu', '7']]);
  expect(mapEarlier(earlier, ruleset, deals).mappings).toMatchObject([
    { field: 'stage', header: 'Phase', index: 0 },
    { field: 'id', header: 'Nummer', index: 1 },
  ]);
});
