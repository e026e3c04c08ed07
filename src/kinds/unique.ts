import { z } from 'zod';
import { textAt } from '../dataset/cells.ts';
import { type Column, PRESENT } from '../dataset/dataset.ts';
import { rowName } from '../source/place.ts';
import { defineKind, HOLDS, type Reference, UNKNOWN, VIOLATES } from './define.ts';
import { fieldList } from './option-types.ts';
import { blankOutcome } from './outcome.ts';

const KEY =
  'Fields whose values must differ, one id or a list (all together) / 不得重复的字段，一个 id 或列表（按组合判断）';
const options = z.union([
  fieldList.transform((fields) => ({ fields })).meta({ description: KEY }),
  z.strictObject({ fields: fieldList.meta({ description: KEY }) }).transform(({ fields }) => ({ fields })),
]);

/** Group of a row whose key has a missing part, and of one whose key is certain to be its own. */
const MISSING_PART = -1;
const ALONE = -2;

/** Value by which cells are compared: two spellings of one number or day do not hide a duplicate. */
function comparedValue(column: Column, code: number): number {
  return column.type === 'text' ? code : (column.numbers[code] as number);
}

/** For each code the first code with the same value. */
function canonicalCodes(column: Column): Int32Array {
  const canonical = Int32Array.from(column.texts.keys());
  if (column.type === 'text') return canonical;
  const firstOfValue = new Map<number, number>();
  for (let code = 0; code < canonical.length; code++) {
    if (column.state[code] !== PRESENT) continue;
    const value = comparedValue(column, code);
    const first = firstOfValue.get(value) ?? code;
    firstOfValue.set(value, first);
    canonical[code] = first;
  }
  return canonical;
}

/** Groups by one column: the code of the first spelling of a value that several rows have, else `ALONE`. */
function groupByFirst(column: Column, selected: Uint8Array): Int32Array {
  const { codes, state, texts } = column;
  const canonical = canonicalCodes(column);
  const sizes = new Int32Array(texts.length);
  for (let row = 0; row < codes.length; row++) {
    if (selected[row] === 1) sizes[canonical[codes[row] as number] as number]!++;
  }
  const group = new Int32Array(codes.length).fill(MISSING_PART);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number;
    if (selected[row] === 0 || state[code] !== PRESENT) continue;
    const first = canonical[code] as number;
    group[row] = (sizes[first] as number) > 1 ? first : ALONE;
  }
  return group;
}

/** Splits the groups by another column; pairs of group and value are numbered. Rows that stand alone stay alone. */
function splitBy(column: Column, group: Int32Array): void {
  const { codes, state } = column;
  const numbers = new Map<number, Map<number, number>>();
  let next = 0;
  for (let row = 0; row < group.length; row++) {
    const before = group[row] as number;
    if (before === MISSING_PART) continue;
    const code = codes[row] as number;
    if (state[code] !== PRESENT) {
      group[row] = MISSING_PART;
      continue;
    }
    if (before === ALONE) continue;
    const within = numbers.get(before) ?? new Map<number, number>();
    numbers.set(before, within);
    const value = comparedValue(column, code);
    const number = within.get(value) ?? next++;
    within.set(value, number);
    group[row] = number;
  }
}

/**
 * Group of each row by its whole key. The column with most distinct values goes first: most rows then stand alone and
 * are not looked at again.
 */
function groupRows(columns: readonly Column[], selected: Uint8Array): Int32Array {
  const [first, ...others] = [...columns].sort((a, b) => b.texts.length - a.texts.length);
  if (first === undefined) return new Int32Array(selected.length).fill(MISSING_PART);
  const group = groupByFirst(first, selected);
  for (const column of others) splitBy(column, group);
  return group;
}

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
  messages: {
    duplicate: {
      en: 'same {fields} in {count} rows ({rows}): {value}',
      zh: '{count} 行的{fields}相同（第 {rows} 行）：{value}',
    },
  },
  example: {
    rule: 'unique: id',
    bad: 'id,stage\n1,Lead\n1,Won\n',
    good: 'id,stage\n1,Lead\n2,Won\n,Lead\n',
  },
  references: ({ fields }): Reference[] => fields.map((name, index) => ({ type: 'field', name, path: [index] })),
  check({ options: { fields }, dataset, selected, violation }) {
    const outcome = blankOutcome(dataset);
    const columns = fields.flatMap((field) => dataset.columns.get(field) ?? []);
    const group = groupRows(columns, selected);
    const sizes = groupSizes(group);
    for (let row = 0; row < dataset.rowCount; row++) {
      if (selected[row] === 0) continue;
      const number = group[row] as number;
      if (number === MISSING_PART) outcome[row] = UNKNOWN;
      else outcome[row] = number >= 0 && (sizes.get(number) ?? 0) > 1 ? VIOLATES : HOLDS;
    }
    let members: Map<number, number[]> | null = null;
    return {
      type: 'rows',
      outcome,
      describe: (row) => {
        members ??= membersOf(group, sizes);
        const rows = members.get(group[row] as number) ?? [];
        const args = {
          fields: { list: fields.map((field) => ({ field })) },
          value: columns.map((column) => textAt(column, row)).join(' · '),
          count: rows.length,
          rows: { list: rows.slice(0, 5).map((other) => rowName(dataset.sheet, other)) },
        };
        return [violation('duplicate', args, fields[0] ?? null)];
      },
    };
  },
});

function groupSizes(group: Int32Array): ReadonlyMap<number, number> {
  const sizes = new Map<number, number>();
  for (const number of group) if (number >= 0) sizes.set(number, (sizes.get(number) ?? 0) + 1);
  return sizes;
}

function membersOf(group: Int32Array, sizes: ReadonlyMap<number, number>): Map<number, number[]> {
  const members = new Map<number, number[]>();
  for (let row = 0; row < group.length; row++) {
    const number = group[row] as number;
    if (number < 0 || (sizes.get(number) ?? 0) < 2) continue;
    const rows = members.get(number);
    if (rows === undefined) members.set(number, [row]);
    else rows.push(row);
  }
  return members;
}
