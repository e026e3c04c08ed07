import { z } from 'zod';
import { type Column, type Dataset, PRESENT } from '../dataset/dataset.ts';
import { defineKind, HOLDS, type Reference, UNKNOWN, VIOLATES } from './define.ts';
import { fieldList } from './option-types.ts';
import { blankOutcome, textAt } from './outcome.ts';

const options = z.union([
  fieldList.transform((fields) => ({ fields })),
  z.strictObject({ fields: fieldList }).transform(({ fields }) => ({ fields })),
]);

/** Codes in which equal values share one code: two spellings of one number or day do not hide a duplicate. */
function valueCodes(column: Column): Int32Array {
  if (column.type === 'text') return Int32Array.from(column.texts.keys());
  const seen = new Map<number, number>();
  return Int32Array.from(column.texts, (_, code) => {
    const value = column.numbers[code] as number;
    if (Number.isNaN(value)) return code;
    const first = seen.get(value) ?? code;
    seen.set(value, first);
    return first;
  });
}

/** Group number of each selected row, -1 where a part of the key is missing. Pairs of codes are numbered, not joined. */
function groupRows(dataset: Dataset, columns: readonly Column[], selected: Uint8Array): Int32Array {
  const group = new Int32Array(dataset.rowCount);
  for (let row = 0; row < group.length; row++) if (selected[row] === 0) group[row] = -1;
  for (const column of columns) {
    const canonical = valueCodes(column);
    const numbers = new Map<number, number>();
    const width = column.texts.length + 1;
    for (let row = 0; row < group.length; row++) {
      const before = group[row] as number;
      if (before < 0) continue;
      const code = column.codes[row] as number;
      if (column.state[code] !== PRESENT) {
        group[row] = -1;
        continue;
      }
      const pair = before * width + (canonical[code] as number);
      let number = numbers.get(pair);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(pair, number);
      }
      group[row] = number;
    }
  }
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
      en: '{fields} {value} stands in {count} rows: {rows}',
      zh: '{fields} {value} 出现在 {count} 行：{rows}',
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
    const group = groupRows(dataset, columns, selected);
    const sizes = new Int32Array(dataset.rowCount);
    for (const number of group) if (number >= 0) sizes[number]!++;
    for (let row = 0; row < dataset.rowCount; row++) {
      if (selected[row] === 0) continue;
      const number = group[row] as number;
      if (number < 0) outcome[row] = UNKNOWN;
      else outcome[row] = (sizes[number] as number) > 1 ? VIOLATES : HOLDS;
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
          rows: { list: rows.slice(0, 5).map((other) => dataset.sheet.rows[other] ?? 0) },
        };
        return [violation('duplicate', args, fields[0] ?? null)];
      },
    };
  },
});

function membersOf(group: Int32Array, sizes: Int32Array): Map<number, number[]> {
  const members = new Map<number, number[]>();
  for (let row = 0; row < group.length; row++) {
    const number = group[row] as number;
    if (number < 0 || (sizes[number] as number) < 2) continue;
    const rows = members.get(number);
    if (rows === undefined) members.set(number, [row]);
    else rows.push(row);
  }
  return members;
}
