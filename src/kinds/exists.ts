import { textAt } from '../dataset/cells.ts';
import { type Column, PRESENT } from '../dataset/dataset.ts';
import { joinKey } from '../dataset/deal-join.ts';
import { foldWord } from '../i18n/fold.ts';
import type { Sheet } from '../source/sheet.ts';
import { defineKind, type PlacesResult, type Reference, type Violation } from './define.ts';
import { fieldName, type Zod } from './option-types.ts';
import { outcomeOfTexts } from './outcome.ts';

const IN = 'A table that deals refer to: one under `tables:`, or history / 被引用的表：`tables:` 中的一张，或 history';
const ORPHANS =
  'deals without a row there (default), or rows there without a deal / 缺少对应行的商机（默认），或无商机的行';

const options = (z: Zod) =>
  z.strictObject({
    field: fieldName(z),
    in: z.string().min(1).meta({ description: IN }),
    orphans: z.enum(['deals', 'rows']).default('deals').meta({ description: ORPHANS }),
  });

/** Such ids differ by case alone; they always hold a digit, which names seldom do. */
const CASED_ID = /^(?=.*\d)[0-9A-Za-z]{15}$/;

/** Spellings that people mean as one: case, width and spaces make no difference, except in such ids. */
function keyOf(text: string): string {
  const key = joinKey(text);
  return CASED_ID.test(key) ? key : foldWord(key);
}

/** A spelling without what is lost or added when a name is typed anew. */
function looseKey(text: string): string {
  return keyOf(text).replace(/[\s.,'’&()（）·_-]+/gu, '');
}

function presentTexts({ texts, state }: Column): string[] {
  return texts.filter((_, code) => state[code] === PRESENT);
}

export default defineKind({
  kind: 'exists',
  title: { en: 'Links lead somewhere', zh: '关联对象存在' },
  why: {
    en: 'A deal whose account, product or owner is in no list is left out of every figure that is grouped by it.',
    zh: '客户、产品或负责人不在名单里的商机，会在按其分组的统计中丢失。',
  },
  fix: {
    en: 'Choose the name from the list in the CRM, or add it to the list.',
    zh: '在 CRM 中从名单里选择，或把该名称补进名单。',
  },
  options,
  messages: {
    unknown: { en: '{field} “{value}” is not in {table}', zh: '{field}“{value}”不在 {table} 中' },
    near: {
      en: '{field} “{value}” is not in {table}, which has “{near}”',
      zh: '{field}“{value}”不在 {table} 中，其中有“{near}”',
    },
    unused: { en: '“{value}” of {table} has no deal', zh: '{table} 中的“{value}”没有商机' },
  },
  example: {
    rule: 'exists: {field: account, in: accounts}',
    bad: 'id,account\n1,Acmee\n2,Nobody\n',
    good: 'id,account\n1,Acme\n2,ACME\n3,\n',
    tables: { accounts: 'account\nAcme\nBeta\n' },
  },
  references: ({ field, in: table }): Reference[] => [
    { type: 'field', name: field, path: ['field'] },
    { type: 'table', name: table, path: ['in'] },
  ],
  check({ options: { field, in: name, orphans }, dataset, selected, violation }) {
    const table = dataset.tables.get(name);
    const column = dataset.columns.get(field);
    const { of = null } = table ?? {};
    const key = of?.fields[0] === field ? of.columns[0] : (table?.key ?? undefined);
    if (table === undefined || key === undefined || column === undefined) {
      return { type: 'not-run', reason: { en: `no table ${name}`, zh: `没有 ${name} 表` } };
    }
    if (orphans === 'rows') {
      return rowsWithoutDeal(table.sheet, key, column, (value) => violation('unused', { value, table: name }, null));
    }
    const near = nearNames(key);
    const known = new Set(presentTexts(key).map(keyOf));
    return {
      type: 'rows',
      outcome: outcomeOfTexts(column, selected, (text) => known.has(keyOf(text))),
      describe: (row) => {
        const value = textAt(column, row) ?? '';
        const other = near(value);
        const args = { field: { field }, value, table: name };
        if (other === null) return [violation('unknown', args, field)];
        return [violation('near', { ...args, near: other }, field)];
      },
    };
  },
});

/** The name of the table that a text most likely means; built when the first one is asked for. */
function nearNames(key: Column): (value: string) => string | null {
  let loose: ReadonlyMap<string, string> | null = null;
  return (value) => {
    loose ??= new Map(presentTexts(key).map((text) => [looseKey(text), text]));
    return loose.get(looseKey(value)) ?? null;
  };
}

function rowsWithoutDeal(
  sheet: Sheet,
  key: Column,
  column: Column,
  violation: (value: string) => Violation,
): PlacesResult {
  const used = new Set(usedTexts(column).map(keyOf));
  const unused = Uint8Array.from(key.texts, (text, code) =>
    Number(key.state[code] === PRESENT && !used.has(keyOf(text))),
  );
  const places: PlacesResult['places'][number][] = [];
  let checked = 0;
  for (let row = 0; row < sheet.rowCount; row++) {
    const code = key.codes[row] as number;
    if (key.state[code] !== PRESENT) continue;
    checked++;
    if (unused[code] === 0) continue;
    const table = { file: sheet.file, sheet: sheet.sheet };
    places.push({
      ...violation(key.texts.at(code) as string),
      table,
      row: sheet.rows[row] ?? null,
      line: sheet.lines[row] ?? null,
    });
  }
  return { type: 'places', checked, places };
}

/** Texts that some deal has. */
function usedTexts({ codes, texts, state }: Column): string[] {
  const used = new Uint8Array(texts.length);
  for (let row = 0; row < codes.length; row++) used[codes[row] as number] = 1;
  return texts.filter((_, code) => used[code] === 1 && state[code] === PRESENT);
}
