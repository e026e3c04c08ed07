import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';

interface PackText {
  readonly en?: string;
  readonly zh?: string;
}
interface PackField {
  readonly label?: PackText;
  readonly type?: string;
  readonly optional?: boolean;
  readonly column?: readonly string[];
}
interface PackStage {
  readonly id: string;
  readonly label?: PackText;
  readonly kind?: string;
  readonly match?: readonly string[];
  readonly require?: readonly string[];
}
interface Pack {
  readonly version: number;
  readonly name: PackText;
  readonly extends?: readonly string[];
  readonly fields: Readonly<Record<string, PackField>>;
  readonly rules?: Readonly<Record<string, unknown>>;
  readonly history?: Readonly<Record<string, PackField>>;
  readonly stages: readonly PackStage[];
}

const FOLDER = new URL('../rules/', import.meta.url);
const NAMES = [
  'recommended',
  'salesforce',
  'hubspot',
  'pipedrive',
  'zoho',
  'dynamics',
  'odoo',
  'fxiaoke',
  'jdy-5',
  'jdy-6',
  'fxiaoke-b2b-5',
  'fxiaoke-lead-to-won',
  'four-segment',
];
/** Packs of rules for any funnel, and the fields and tables these need. */
const TOPICS = [
  'accounts',
  'config',
  'contracts',
  'conversion',
  'deals',
  'dwell',
  'fields',
  'follow-up',
  'forecast',
  'leads',
  'pipeline',
  'process',
  'quality',
  'segments',
  'targets',
];
/** Words that one vendor means otherwise than everybody else. */
const OWN_MEANING: Readonly<Record<string, readonly string[]>> = { odoo: ['expected revenue'] };
const TYPES = ['text', 'money', 'percent', 'date', 'number', 'boolean'];
const CANONICAL =
  'id name account stage status pipeline amount currency probability created close closed modified activity ' +
  'next_activity next_step stage_entered owner team source type industry region product forecast_category loss_reason ' +
  'win_reason competitor score importance urgency decision_role budget description contact expected_revenue ' +
  'team_member team_role';
const HISTORY =
  'deal_id deal_name from_stage to_stage changed_at changed_by amount_at close_at field old_value new_value';
const EVERYBODY_HAS = ['id', 'name', 'stage', 'amount', 'owner', 'created', 'close'];

function readPack(name: string): Pack {
  const document = parseDocument(readFileSync(new URL(`${name}.yaml`, FOLDER), 'utf8'), { uniqueKeys: true });
  expect(document.errors).toEqual([]);
  expect(document.warnings).toEqual([]);
  return { fields: {}, ...(document.toJS() as Partial<Pack>) } as Pack;
}

/** A header as it is compared: `唯一性ID（必填）` and `唯一性id` are the same. */
function normalised(header: string): string {
  const folded = header.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
  return folded.replace(/(\(必填\)|\*|:)+$/, '').trim();
}

/** Headers and the like that stand in a list more than once, under whatever id. */
function repeated(texts: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return texts.map(normalised).filter((text) => seen.size === seen.add(text).size);
}

const columnsOf = (fields: Readonly<Record<string, PackField>> | undefined): readonly string[] =>
  Object.values(fields ?? {}).flatMap((field) => field.column ?? []);

const headerFields = (
  fields: Readonly<Record<string, PackField>> | undefined,
): readonly (readonly [string, string])[] =>
  Object.entries(fields ?? {}).flatMap(([id, field]) =>
    (field.column ?? []).map((header) => [normalised(header), id] as const),
  );

const recommended = readPack('recommended');

describe.each(NAMES)('pack %s', (name) => {
  const pack = readPack(name);

  it('has a version and a name in both languages', () => {
    expect(pack.version).toBe(1);
    expect(pack.name.en).toBeTruthy();
    expect(pack.name.zh).toBeTruthy();
  });

  it('lists texts as headers, each for one field', () => {
    for (const fields of [pack.fields, pack.history]) {
      expect(columnsOf(fields).filter((header) => typeof header !== 'string')).toEqual([]);
      expect(repeated(columnsOf(fields))).toEqual([]);
    }
  });

  it('means by a header what the recommended pack means by it', () => {
    for (const part of ['fields', 'history'] as const) {
      const recommendedField = new Map(headerFields(recommended[part]));
      const quarrels = headerFields(pack[part]).filter(([header, id]) => (recommendedField.get(header) ?? id) !== id);
      expect(quarrels.map(([header]) => header)).toEqual(part === 'fields' ? (OWN_MEANING[name] ?? []) : []);
    }
  });

  it('knows every field it names: its own have label and type, the others are recommended ones', () => {
    for (const [id, field] of Object.entries(pack.fields)) {
      if (recommended.fields[id] === undefined || name === 'recommended') expectComplete(field);
    }
    for (const id of Object.keys(pack.history ?? {})) expect(HISTORY.split(' ')).toContain(id);
    const known = knownFields(pack);
    for (const stage of pack.stages) {
      for (const field of stage.require ?? []) expect(known, `require of ${stage.id}`).toContain(field);
    }
  });

  it('has distinct stages with labels in both languages, among them a won and a lost one', () => {
    const ids = pack.stages.map((stage) => stage.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => typeof id !== 'string')).toEqual([]);
    for (const stage of pack.stages) {
      expect(stage.label?.en, stage.id).toBeTruthy();
      expect(stage.label?.zh, stage.id).toBeTruthy();
    }
    const kinds = pack.stages.map((stage) => stage.kind ?? 'open');
    expect(kinds).toContain('won');
    expect(kinds).toContain('lost');
  });

  it('matches each stage by its labels and no text by two stages', () => {
    const texts = pack.stages.flatMap((stage) => stage.match ?? []);
    expect(texts.filter((text) => typeof text !== 'string')).toEqual([]);
    expect(repeated(texts)).toEqual([]);
    for (const stage of pack.stages) {
      const known = new Set((stage.match ?? []).map(normalised));
      expect(known, stage.id).toContain(normalised(stage.label?.zh ?? ''));
    }
  });

  it('takes no weighted amount for the amount and no author for the owner', () => {
    const never = ['Expected Revenue', 'ExpectedRevenue', 'Weighted amount', 'Weighted Value', '预测金额'].map(
      normalised,
    );
    const authors = ['创建人', '员工姓名', '协作人', '外部负责人', 'Created By', 'CreatedById'].map(normalised);
    const headers = (field: string): readonly string[] => (pack.fields[field]?.column ?? []).map(normalised);
    expect(headers('amount').filter((header) => never.includes(header))).toEqual(OWN_MEANING[name] ?? []);
    expect(headers('owner').filter((header) => authors.includes(header))).toEqual([]);
  });
});

/** Fields that stages may require: those of the pack, of what it extends, and the recommended ones. */
function knownFields(pack: Pack): ReadonlySet<string> {
  const further = (pack.extends ?? []).map((base) => readPack(base.replace('funnelint:', '')));
  return new Set([recommended, pack, ...further].flatMap(({ fields }) => Object.keys(fields)));
}

function expectComplete(field: PackField): void {
  expect(field.label?.en).toBeTruthy();
  expect(field.label?.zh).toBeTruthy();
  expect(TYPES).toContain(field.type);
  expect(field.column?.length).toBeGreaterThan(0);
}

describe('the recommended pack', () => {
  it('has every canonical field, and demands only what every export has', () => {
    expect(Object.keys(recommended.fields).sort()).toEqual(CANONICAL.split(' ').sort());
    const demanded = Object.entries(recommended.fields).filter(([, field]) => field.optional !== true);
    expect(demanded.map(([id]) => id).sort()).toEqual([...EVERYBODY_HAS].sort());
  });

  it('has every field of a change log', () => {
    expect(Object.keys(recommended.history ?? {}).sort()).toEqual(HISTORY.split(' ').sort());
    for (const field of Object.values(recommended.history ?? {})) expectComplete(field);
  });

  it.each([
    [
      'deal_id,deal_name,owner,stage,status,amount,created_at,closed_at',
      'id name owner stage status amount created closed',
    ],
    [
      'opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value',
      'id owner product account stage created close amount',
    ],
    [
      '商机编码,客户名称,销售人员,商机名称,渠道,销售阶段,赢单率,预计成交时间,商机金额',
      'id account owner name source stage probability close amount',
    ],
    [
      'Deal - ID,Deal - Title,Deal - Value,Deal - Stage,Deal - Owner,Deal - Organization,Deal - Expected close date',
      'id name amount stage owner account close',
    ],
  ])('reads the header %s', (header, expected) => {
    const fieldOf = (text: string): string | undefined =>
      Object.keys(recommended.fields).find((id) =>
        recommended.fields[id]?.column?.some((known) => normalised(known) === normalised(text)),
      );
    expect(header.split(',').map(fieldOf).join(' ')).toBe(expected);
  });
});

it('names every pack in the folder', () => {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.yaml'));
  expect(files.sort()).toEqual([...NAMES, ...TOPICS].map((name) => `${name}.yaml`).sort());
});

describe('the packs of rules', () => {
  const defined = ['recommended', ...TOPICS].flatMap((name) =>
    Object.entries(readPack(name).rules ?? {}).map(([id, rule]) => ({ id, rule, name })),
  );

  it('have no stages of their own, for they hold for any funnel', () => {
    for (const name of TOPICS) expect(readPack(name).stages, name).toBeUndefined();
  });

  it('define each rule once', () => {
    const ids = defined.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('define every rule that the funnels switch on', () => {
    const known = new Set(defined.map(({ id }) => id));
    for (const name of NAMES) {
      expect(
        Object.keys(readPack(name).rules ?? {}).filter((id) => !known.has(id)),
        name,
      ).toEqual([]);
    }
  });
});
