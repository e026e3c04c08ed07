import { z } from 'zod';
import { type Column, PRESENT } from '../dataset/dataset.ts';
import { defineKind, HOLDS, type Reference, UNKNOWN, VIOLATES, type Violation } from './define.ts';
import { fieldList } from './option-types.ts';
import { blankOutcome, judgeColumn } from './outcome.ts';

const FIELDS = 'Fields that hold ids, one id or a list / 存放编号的字段，一个 id 或列表';

const options = z.union([
  fieldList.transform((fields) => ({ fields })).meta({ description: FIELDS }),
  z.strictObject({ fields: fieldList.meta({ description: FIELDS }) }),
]);

/** What a spreadsheet has done to an id. */
type Damage =
  | { readonly by: 'rounding' }
  | { readonly by: 'zeros'; readonly digits: number }
  | { readonly by: 'case'; readonly other: string };

/** `1.2E+17`: the digits are gone. */
const SHORTENED = /^\d(?:[.,]\d+)?E\+\d+$/i;
const DIGITS = /^\d+$/;
/** Digits of a number that spreadsheets keep; the others become zeros. */
const KEPT_DIGITS = 15;
/** Ids of Salesforce reports, in which upper and lower case are told apart. */
const CASE_SENSITIVE = /^[A-Za-z0-9]{15}$/;

/** Long ids whose last digits are zeros in every case are numbers that were rounded; one alone may be so by chance. */
function roundedIds(texts: readonly string[]): ReadonlySet<string> {
  const long = texts.filter((text) => text.length > KEPT_DIGITS && DIGITS.test(text));
  const allZeros = long.every((text) => /^0+$/.test(text.slice(KEPT_DIGITS)));
  return new Set(long.length > 1 && allZeros ? long : []);
}

const SMALL = /\p{Ll}/u;
const CAPITAL = /\p{Lu}/u;

/** Length of ids that keep a zero in front, null where they have none or differ: others may be of any length. */
function paddedLength(texts: readonly string[]): number | null {
  const lengths = new Set(texts.filter((text) => /^0\d+$/.test(text)).map(({ length }) => length));
  const [length] = lengths;
  return lengths.size === 1 && length !== undefined ? length : null;
}

/** For each id that another one equals but for case, that other one. */
function caseTwins(texts: readonly string[]): ReadonlyMap<string, string> {
  const firstOf = new Map<string, string>();
  const twins = new Map<string, string>();
  // Where no id has small letters, or none has capitals, no two can differ in case alone.
  if (!(texts.some((text) => SMALL.test(text)) && texts.some((text) => CAPITAL.test(text)))) return twins;
  for (const text of texts) {
    if (CASE_SENSITIVE.test(text)) continue;
    const folded = text.toLowerCase();
    const first = firstOf.get(folded);
    if (first === undefined) firstOf.set(folded, text);
    else {
      twins.set(text, first);
      if (!twins.has(first)) twins.set(first, text);
    }
  }
  return twins;
}

/** What is wrong with each distinct text of a column. */
function damages({ texts, state }: Column): ReadonlyMap<string, Damage> {
  const present = texts.filter((_, code) => state[code] === PRESENT);
  const rounded = roundedIds(present);
  const length = paddedLength(present);
  const twins = caseTwins(present);
  const found = new Map<string, Damage>();
  for (const text of present) {
    const other = twins.get(text);
    if (SHORTENED.test(text) || rounded.has(text)) found.set(text, { by: 'rounding' });
    else if (length !== null && text.length < length && DIGITS.test(text)) {
      found.set(text, { by: 'zeros', digits: length });
    } else if (other !== undefined) found.set(text, { by: 'case', other });
  }
  return found;
}

export default defineKind({
  kind: 'intact',
  title: { en: 'Ids are as the CRM gave them', zh: '编号保持 CRM 中的原样' },
  why: {
    en: 'A spreadsheet that took ids for numbers has made them unfit to join files, find duplicates or look up the deal.',
    zh: '被表格软件当作数字处理过的编号，无法用来合并文件、查重或在 CRM 中查找商机。',
  },
  fix: {
    en: 'Export again and do not save the file in a spreadsheet, or format the id column as text before opening it.',
    zh: '重新导出，不要用表格软件另存；或在打开前把编号列设为文本格式。',
  },
  options,
  messages: {
    rounded: {
      en: '{field} {value} was rounded by a spreadsheet',
      zh: '「{field}」{value} 已被表格软件取整',
    },
    zerosLost: {
      en: '{field} {value} has lost the zeros in front: others have {digits} digits',
      zh: '「{field}」{value} 丢失了前导零：其他编号有 {digits} 位',
    },
    otherCase: {
      en: '{field} {value} differs from {other} in case only',
      zh: '「{field}」{value} 与 {other} 只有大小写不同',
    },
  },
  example: {
    rule: 'intact: id',
    bad: 'id,stage\n1.2E+17,Lead\n3.45E+17,Won\n',
    good: 'id,stage\n120000000000000001,Lead\n345000000000000000,Won\n',
  },
  references: ({ fields }): Reference[] => fields.map((name, index) => ({ type: 'field', name, path: [index] })),
  check({ options: { fields }, dataset, selected, violation }) {
    const outcome = blankOutcome(dataset);
    const columns = fields.flatMap((field) => dataset.columns.get(field) ?? []);
    const judged = columns.map((column) => ({ column, damaged: damages(column) }));
    for (const { column, damaged } of judged) {
      judgeColumn(column, selected, outcome, (code) => {
        if (column.state[code] !== PRESENT) return UNKNOWN;
        return damaged.has(column.texts.at(code) as string) ? VIOLATES : HOLDS;
      });
    }
    const violationOf = (field: string, value: string, damage: Damage): Violation => {
      const named = { field: { field }, value };
      if (damage.by === 'rounding') return violation('rounded', named, field);
      if (damage.by === 'zeros') return violation('zerosLost', { ...named, digits: damage.digits }, field);
      return violation('otherCase', { ...named, other: damage.other }, field);
    };
    return {
      type: 'rows',
      outcome,
      describe: (row) =>
        judged.flatMap(({ column: { field, codes, texts }, damaged }) => {
          const value = texts.at(codes[row] as number) ?? '';
          const damage = damaged.get(value);
          return damage === undefined ? [] : [violationOf(field, value, damage)];
        }),
    };
  },
});
