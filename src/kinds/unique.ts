import type { z } from 'zod';
import { textAt } from '../dataset/cells.ts';
import type { Column, Dataset } from '../dataset/dataset.ts';
import { visitBlocks } from '../dataset/row-blocks.ts';
import type { ArgValue } from '../i18n/text.ts';
import { rowName } from '../source/place.ts';
import { type CheckContext, defineKind, HOLDS, type Reference, type RowsResult, UNKNOWN, VIOLATES } from './define.ts';
import { groupRows, groupSizes, MISSING_PART, membersOf } from './key-groups.ts';
import { findNearDeals } from './near-deals.ts';
import { findNearNames, type Nearness } from './near-names.ts';
import { notRunWithout } from './not-run.ts';
import { fieldList, fieldName, type Zod } from './option-types.ts';
import { blankOutcome } from './outcome.ts';
import { findTeamRows } from './team-rows.ts';

const KEY =
  'Fields whose values must differ, one id or a list (all together) / 不得重复的字段，一个 id 或列表（按组合判断）';
const NEAR =
  '`normalised` (or `true`): one name written in several ways, legal forms and punctuation aside; `similar`: names that are much alike, to be looked at; `deals`: deals of one customer that were most likely entered twice / `normalised`（或 `true`）：忽略公司后缀和标点后相同的名称；`similar`：高度相似、需人工确认的名称；`deals`：同一客户下疑似重复录入的商机';
const APART =
  'Finds rows of one key that agree in all but these fields, such as one row for each team member / 找出同一键值下除这些字段外完全相同的行，例如每个团队成员一行';
const MOST_SHOWN = 5;

const options = (z: Zod) =>
  z.union([
    fieldList(z)
      .transform((fields) => ({ fields, near: null as Nearness | 'deals' | null, differOnlyIn: [] as string[] }))
      .meta({ description: KEY }),
    z
      .strictObject({
        fields: fieldList(z).meta({ description: KEY }),
        near: z
          .union([z.literal(true), z.enum(['normalised', 'similar', 'deals'])])
          .optional()
          .meta({ description: NEAR }),
        differ_only_in: z.array(fieldName(z)).min(1).optional().meta({ description: APART }),
      })
      .refine(({ near, fields }) => near === undefined || fields.length === 1, {
        path: ['near'],
        message: 'near compares the values of one field',
      })
      .refine((value) => value.near === undefined || value.differ_only_in === undefined, {
        path: ['near'],
        message: 'expected near or differ_only_in, not both / near 与 differ_only_in 只能写一个',
      })
      .transform(({ fields, near, differ_only_in }) => ({
        fields,
        near: near === true ? ('normalised' as const) : (near ?? null),
        differOnlyIn: differ_only_in ?? [],
      })),
  ]);

type Options = z.output<ReturnType<typeof options>>;

const MESSAGES = {
  duplicate: {
    en: 'same {fields} in {count} rows ({rows}): {value}',
    zh: '{count} 行的{fields}相同（第 {rows} 行）：{value}',
  },
  spelling: {
    en: '{field} “{value}” is also written {names} (rows {rows})',
    zh: '{field}“{value}”还写作{names}（第 {rows} 行）',
  },
  similar: {
    en: '{field} “{value}” is {likeness} like {names} (rows {rows}); one customer?',
    zh: '{field}“{value}”与{names}的相似度为 {likeness}（第 {rows} 行），请确认是否为同一客户',
  },
  sibling: {
    en: 'open at the same time as a deal much like it of the same customer: {deal} (row {rows})',
    zh: '与同一客户的另一条商机高度相似且时间重叠：{deal}（第 {rows} 行）',
  },
  teamRows: {
    en: '{count} rows ({rows}) of {value} differ only in {fields}',
    zh: '{value} 有 {count} 行（第 {rows} 行），仅{fields}不同',
  },
};

type Context = CheckContext<Options, typeof MESSAGES>;

function columnsOf({ columns }: Dataset, fields: readonly string[]): readonly Column[] {
  return fields.flatMap((field) => columns.get(field) ?? []);
}

function fieldsArg(fields: readonly string[]): ArgValue {
  return { list: fields.map((field) => ({ field })) };
}

function rowsArg(dataset: Dataset, rows: readonly number[]): ArgValue {
  return { list: rows.slice(0, MOST_SHOWN).map((row) => rowName(dataset.sheet, row)) };
}

function keyText(columns: readonly Column[], row: number): string {
  return columns.map((column) => textAt(column, row)).join(' · ');
}

/** The rows of a group, put together when the first finding is described. */
function membersOnDemand(group: Int32Array): (row: number) => readonly number[] {
  let members: ReadonlyMap<number, number[]> | null = null;
  return (row) => {
    members ??= membersOf(group, groupSizes(group));
    return members.get(group[row] as number) ?? [];
  };
}

function outcomeOf(
  group: Int32Array,
  { dataset, selected }: Context,
  violates: (group: number) => boolean,
): Uint8Array {
  const outcome = blankOutcome(dataset);
  visitBlocks(dataset.rowCount, (from, to) => {
    for (let row = from; row < to; row++) {
      if (selected[row] === 0) continue;
      const number = group[row] as number;
      if (number === MISSING_PART) outcome[row] = UNKNOWN;
      else outcome[row] = number >= 0 && violates(number) ? VIOLATES : HOLDS;
    }
  });
  return outcome;
}

function checkKey(context: Context): RowsResult {
  const {
    options: { fields },
    dataset,
    selected,
    violation,
  } = context;
  const columns = columnsOf(dataset, fields);
  const group = groupRows(columns, selected);
  const sizes = groupSizes(group);
  const rowsOf = membersOnDemand(group);
  return {
    type: 'rows',
    outcome: outcomeOf(group, context, (number) => (sizes[number] as number) > 1),
    describe: (row) => {
      const rows = rowsOf(row);
      const shared = { value: keyText(columns, row), count: rows.length, rows: rowsArg(dataset, rows) };
      return [violation('duplicate', { fields: fieldsArg(fields), ...shared }, fields[0] ?? null)];
    },
  };
}

function checkNames({ options: { fields }, dataset, selected, violation }: Context, nearness: Nearness): RowsResult {
  const field = fields[0] ?? '';
  const column = dataset.columns.get(field);
  if (column === undefined) return { type: 'rows', outcome: blankOutcome(dataset), describe: () => [] };
  const { outcome, namesakes, rowsWith } = findNearNames(column, selected, nearness);
  return {
    type: 'rows',
    outcome,
    describe: (row) => {
      const found = namesakes(row);
      if (found === null) return [];
      const args = {
        field: { field },
        value: textAt(column, row),
        names: { list: found.codes.map((code) => `“${column.texts.at(code)}”`) },
        rows: rowsArg(dataset, rowsWith(found.codes)),
      };
      if (nearness === 'normalised') return [violation('spelling', args, field)];
      return [violation('similar', { ...args, likeness: { rate: found.likeness } }, field)];
    },
  };
}

function checkDeals({ options: { fields }, dataset, selected, violation }: Context): RowsResult {
  const field = fields[0] ?? '';
  const { outcome, siblingOf } = findNearDeals(dataset, field, selected);
  const named = ['id', 'name', 'amount', 'owner'];
  return {
    type: 'rows',
    outcome,
    describe: (row) => {
      const sibling = siblingOf(row);
      if (sibling === null) return [];
      const deal = { list: columnsOf(dataset, named).map((column) => textAt(column, sibling)) };
      return [violation('sibling', { deal, rows: rowsArg(dataset, [sibling]) }, field)];
    },
  };
}

function checkTeamRows(context: Context): RowsResult {
  const {
    options: { fields, differOnlyIn },
    dataset,
    selected,
    violation,
  } = context;
  const key = columnsOf(dataset, fields);
  const apart = columnsOf(dataset, differOnlyIn);
  const others = [...dataset.columns.values()].filter((column) => !key.includes(column) && !apart.includes(column));
  const { group, repeated } = findTeamRows(key, apart, others, selected);
  const rowsOf = membersOnDemand(group);
  return {
    type: 'rows',
    outcome: outcomeOf(group, context, (number) => repeated.has(number)),
    describe: (row) => {
      const rows = rowsOf(row);
      const shared = { value: keyText(key, row), count: rows.length, rows: rowsArg(dataset, rows) };
      return [
        violation('teamRows', { fields: fieldsArg(apart.map((column) => column.field)), ...shared }, fields[0] ?? null),
      ];
    },
  };
}

/** What the comparison of deals cannot do without, beside their customer. */
const DEAL_FIELDS = ['stage', 'created'];

export default defineKind({
  kind: 'unique',
  title: { en: 'No duplicates', zh: '不得重复' },
  why: {
    en: 'A deal that is entered twice is counted twice, in the pipeline and in the forecast.',
    zh: '重复录入的商机会在漏斗和预测中被计算两次。',
  },
  fix: {
    en: 'Merge the records in the CRM, or export one row per deal (without team or product lines).',
    zh: '在 CRM 中合并记录，或导出时每个商机只保留一行（不带团队成员或产品明细）。',
  },
  options,
  messages: MESSAGES,
  example: {
    rule: 'unique: id',
    bad: 'id,stage\n1,Lead\n1,Won\n',
    good: 'id,stage\n1,Lead\n2,Won\n,Lead\n',
  },
  references: ({ fields, near, differOnlyIn }): Reference[] => [
    ...fields.map((name, index): Reference => ({ type: 'field', name, path: [index] })),
    ...differOnlyIn.map(
      (name, index): Reference => ({ type: 'field', name, path: ['differ_only_in', index], optional: true }),
    ),
    ...(near === 'deals' ? DEAL_FIELDS.map((name): Reference => ({ type: 'field', name, path: [] })) : []),
  ],
  check(context) {
    const {
      options: { near, differOnlyIn },
      dataset,
    } = context;
    if (differOnlyIn.length > 0) {
      return notRunWithout(dataset, differOnlyIn) ?? checkTeamRows(context);
    }
    if (near === null) return checkKey(context);
    return near === 'deals' ? checkDeals(context) : checkNames(context, near);
  },
});
