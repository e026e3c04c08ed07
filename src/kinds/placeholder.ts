import { type Column, MISSING } from '../dataset/dataset.ts';
import { defineKind, HOLDS, NOT_CHECKED, type Reference, VIOLATES } from './define.ts';
import { allOrFields } from './option-types.ts';
import { judgeColumn, outcomeOfAll } from './outcome.ts';

/** Dashes and the like look empty; words and numbers do not. */
const LOOKS_FILLED = /[\p{L}\p{N}]/u;

/** For each text of a column whether it is a placeholder; null where none is. */
function placeholdersOf({ texts, state }: Column): Uint8Array | null {
  let found: Uint8Array | null = null;
  for (let code = state.indexOf(MISSING); code >= 0; code = state.indexOf(MISSING, code + 1)) {
    const text = texts.at(code)!;
    // Most columns have no other missing text, and the pattern takes its time to be made ready.
    if (text === '' || !LOOKS_FILLED.test(text)) continue;
    found ??= new Uint8Array(texts.length);
    found[code] = 1;
  }
  return found;
}

export default defineKind({
  kind: 'placeholder',
  title: { en: 'No placeholders', zh: '没有占位内容' },
  why: {
    en: 'A field that says “n/a” passes as filled in the CRM and counts as empty here.',
    zh: '填了“待定”的字段在 CRM 中算已填写，在这里按空值处理。',
  },
  fix: { en: 'Fill in the real value, or leave the field empty.', zh: '填写真实内容，暂不清楚的请留空。' },
  options: allOrFields,
  messages: {
    placeholder: { en: '{field} says “{value}”, which is no value', zh: '「{field}」填的是“{value}”，不是有效内容' },
  },
  example: {
    rule: 'placeholder: all',
    bad: 'id,competitor,amount\n1,N/A,5\n2,Acme,待定\n',
    good: 'id,competitor,amount\n1,Acme,5\n2,,\n3,-,7\n',
  },
  references: ({ fields }): Reference[] => fields.map((name, index) => ({ type: 'field', name, path: [index] })),
  check({ options: { fields }, dataset, selected, violation }) {
    const sound = dataset.columns.size === 0 ? NOT_CHECKED : HOLDS;
    const outcome = outcomeOfAll(selected, sound);
    const columns = [...dataset.columns.values()].flatMap((column) => {
      const isAsked = fields.length === 0 || fields.includes(column.field);
      const placeholders = isAsked ? placeholdersOf(column) : null;
      return placeholders === null ? [] : [{ column, placeholders }];
    });
    for (const { column, placeholders } of columns) {
      judgeColumn(column, selected, outcome, (code) => (placeholders[code] === 1 ? VIOLATES : HOLDS));
    }
    return {
      type: 'rows',
      outcome,
      describe: (row) =>
        columns.flatMap(({ column: { field, texts, codes }, placeholders }) => {
          const code = codes[row] as number;
          if (placeholders[code] === 0) return [];
          return [violation('placeholder', { field: { field }, value: texts.at(code) ?? '' }, field)];
        }),
    };
  },
});
