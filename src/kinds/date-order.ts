import type { Dataset, InputSummary } from '../dataset/dataset.ts';
import type { ArgValue } from '../i18n/text.ts';
import { defineKind } from './define.ts';
import { fieldName, type Zod } from './option-types.ts';

const options = (z: Zod) =>
  z.union([
    z
      .literal('all')
      .transform(() => ({ fields: null as readonly string[] | null }))
      .meta({ description: '`all` dates of the files / `all`：文件中的所有日期' }),
    z
      .array(fieldName(z))
      .min(1)
      .transform((fields) => ({ fields }))
      .meta({ description: 'A list of field ids / 字段 id 列表' }),
  ]);

const WRITTEN: Readonly<Record<string, string>> = { DMY: 'DD/MM/YYYY', MDY: 'MM/DD/YYYY' };

interface DateColumn {
  readonly field: string;
  readonly header: string;
  /** Column of the sheet. */
  readonly position: number;
  readonly order: string;
  /** Header of the column whose order was taken, null where its own cells prove the order. */
  readonly as: string | null;
  readonly sheet: InputSummary['sheet'];
}

/** Columns of dates that need an order of day and month. */
function dateColumns({ mapping, sheet }: InputSummary): readonly DateColumn[] {
  return mapping.flatMap(({ field, header, reading }, index) => {
    const order = reading['dates'];
    if (field === null || order === undefined) return [];
    const position = sheet.headers[index]?.position ?? 0;
    return [{ field, header, position, order, as: reading['datesAs'] ?? null, sheet }];
  });
}

/** Date columns of all tables, those with cells of the spreadsheet's own dates among them. */
function countDates({ inputs, ruleset }: Dataset, fields: readonly string[] | null): number {
  const definitions = [...ruleset.fields, ...ruleset.historyFields];
  const dates = new Set(definitions.flatMap(({ id, type }) => (type === 'date' ? [id] : [])));
  const mapped = inputs.flatMap(({ mapping }) => mapping.flatMap(({ field }) => field ?? []));
  return mapped.filter((field) => dates.has(field) && (fields === null || fields.includes(field))).length;
}

export default defineKind({
  kind: 'date_order',
  about: 'file',
  title: { en: 'Dates say which is the day and which the month', zh: '日期能分清日和月' },
  why: {
    en: 'A date such as 05/06/2026 is in May or in June; read the wrong way, deals land in another month and ages are off by weeks.',
    zh: '形如 05/06/2026 的日期可能是五月也可能是六月；读反了，商机会落到别的月份，停留时长也会差出几周。',
  },
  fix: {
    en: 'Say the order under `source.dates` in the rules file, or export dates as 2026-06-05.',
    zh: '在规则文件的 `source.dates` 里写明日月顺序，或把日期导出为 2026-06-05 的形式。',
  },
  options,
  messages: {
    assumed: {
      en: 'no cell of “{header}” tells day from month; read as {order}, as in “{other}”: if so, add {yaml}',
      zh: '“{header}”列没有能分清日和月的值，按“{other}”列的 {order} 读取；若无误，请加上 {yaml}',
    },
  },
  example: {
    rule: 'date_order: all',
    bad: 'id,created,close\n1,26/03/2026,05/06/2026\n',
    good: 'id,created,close\n1,26/03/2026,25/06/2026\n',
  },
  references: () => [],
  check({ options: { fields }, dataset, violation }) {
    const columns = dataset.inputs
      .flatMap(dateColumns)
      .filter(({ field }) => fields === null || fields.includes(field));
    const places = columns.flatMap(({ field, header, order, as, sheet }) => {
      if (as === null) return [];
      const written = WRITTEN[order] ?? order;
      const yaml: ArgValue = `source: {dates: {${field}: ${written}}}`;
      return {
        ...violation('assumed', { header, order: written, other: as, yaml }, null),
        about: [field, header],
        ...(sheet === dataset.sheet ? {} : { table: { file: sheet.file, sheet: sheet.sheet } }),
        row: null,
        line: sheet.headerLine,
      };
    });
    return { type: 'places', checked: countDates(dataset, fields), places };
  },
});
