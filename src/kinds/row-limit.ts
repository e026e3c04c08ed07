import type { Sheet, SheetPart } from '../source/sheet.ts';
import { defineKind } from './define.ts';
import type { Zod } from './option-types.ts';

const LIMITS = 'Row counts at which programs cut a list off / 程序会在此行数截断列表';

/** A sheet has a power of two of rows, its header among them; other limits are of rows below the header. */
function isSheetSize(limit: number): boolean {
  return Number.isInteger(Math.log2(limit));
}

/** The limit that a file has reached, null for none. */
function limitReached(sheet: Sheet | SheetPart, limits: readonly number[]): number | null {
  const rows = sheet.rowCount + sheet.setAside.length;
  const lastRow = sheet.headerRow + rows + sheet.blankRows;
  return limits.find((limit) => rows === limit || (isSheetSize(limit) && lastRow === limit)) ?? null;
}

export default defineKind({
  kind: 'row_limit',
  about: 'file',
  title: { en: 'The list is whole', zh: '列表没有被截断' },
  why: {
    en: 'Exports stop at round limits without a word, and the deals beyond are in no figure.',
    zh: '导出到达上限时会悄悄停止，之后的商机不在任何指标里。',
  },
  fix: {
    en: 'Export in smaller parts, by month or by owner, and audit them together.',
    zh: '请按月份或负责人分批导出，再一起体检。',
  },
  options: (z: Zod) => z.array(z.int().min(1)).min(1).meta({ description: LIMITS }),
  messages: {
    limit: {
      en: '{file} has exactly {rows} rows, where exports are cut off',
      zh: '{file} 恰好 {rows} 行，正是导出的截断上限',
    },
  },
  example: {
    rule: 'row_limit: [2]',
    bad: 'id,stage\n1,Lead\n2,Lead\n',
    good: 'id,stage\n1,Lead\n2,Lead\n3,Lead\n4,Lead\n',
  },
  references: () => [],
  check({ options: limits, dataset, violation }) {
    const files: readonly (Sheet | SheetPart)[] = dataset.sheet.parts ?? [dataset.sheet];
    const places = files.flatMap((sheet, part) => {
      const rows = limitReached(sheet, limits);
      if (rows === null) return [];
      const line = sheet.headerLine;
      return [
        {
          ...violation('limit', { file: sheet.file, rows }, null),
          about: [String(rows)],
          row: sheet.headerRow,
          line,
          part,
        },
      ];
    });
    return { type: 'places', checked: files.length, places };
  },
});
