import { type Column, type Dataset, PRESENT } from '../dataset/dataset.ts';
import { resolveCurrency } from '../dataset/values/currency-marks.ts';
import { isMissing, normaliseForMissing } from '../dataset/values/placeholder.ts';
import type { CurrencyDraft, DateDraft, SourceDraft, StageWord } from './draft.ts';
import { isHan } from './stage-words.ts';

/** What people write for an unknown value and no reader takes for one. */
const PLACEHOLDERS: ReadonlySet<string> = new Set(
  (
    '待补|待补录|待填|待填写|待确认|待确定|待核实|待更新|待录入|未定|未确定|未提供|未录入|未填报|未知晓|缺失|缺|空缺|不清楚|不明|' +
    'not known|not provided|not specified|not entered|unspecified|to be confirmed|to be determined|to be defined|' +
    'no data|no info|missing|empty|no aplica|sin datos|keine angabe|k.a.|k. a.|unbekannt|inconnu|non renseigné'
  ).split('|'),
);
/** Fields in which such a word is a value of its own. */
const WORD_FIELDS = new Set(['stage', 'status', 'description', 'name', 'loss_reason', 'win_reason', 'next_step']);
const MOST_WORDS = 12;
const MOST_OF_BARE = 0.5;

function rowsOfCodes({ codes, texts }: Column): Int32Array {
  const rows = new Int32Array(texts.length);
  for (let row = 0; row < codes.length; row++) rows[codes[row] as number]!++;
  return rows;
}

/** Words of the columns that stand for no value, with the cells that have them. */
function observedMissing({ columns, ruleset }: Dataset): readonly StageWord[] {
  const known = new Set(ruleset.source.missing.map(normaliseForMissing));
  const found = new Map<string, StageWord>();
  for (const [field, column] of columns) {
    if (WORD_FIELDS.has(field)) continue;
    const rows = rowsOfCodes(column);
    for (const [code, text] of column.texts.entries()) {
      const word = normaliseForMissing(text);
      if (!PLACEHOLDERS.has(word) || isMissing(text, known)) continue;
      const before = found.get(word);
      const cells = (before?.rows ?? 0) + (rows[code] as number);
      const first = before === undefined || text.trim() < before.text ? text.trim() : before.text;
      found.set(word, { text: first, rows: cells });
    }
  }
  return [...found.values()]
    .filter(({ rows }) => rows > 0)
    .sort((a, b) => b.rows - a.rows || (a.text < b.text ? -1 : 1))
    .slice(0, MOST_WORDS);
}

/** A column that no deal lacks and no two deals share. */
function tellsDealsApart({ columns, rowCount }: Dataset, field: string): boolean {
  const column = columns.get(field);
  if (column === undefined || rowCount < 2) return false;
  const rows = rowsOfCodes(column);
  return column.texts.every((_, code) => rows[code] === 0 || (column.state[code] === PRESENT && rows[code] === 1));
}

function keyOf(dataset: Dataset): string | null {
  if (dataset.columns.has('id')) return 'id';
  return tellsDealsApart(dataset, 'name') ? 'name' : null;
}

/** Deals with an amount by currency of its own column, else of the cell; null for bare numbers. */
function dealsByCurrency({ columns, rowCount }: Dataset): ReadonlyMap<string | null, number> {
  const deals = new Map<string | null, number>();
  const amount = columns.get('amount');
  if (amount?.type !== 'money') return deals;
  const own = columns.get('currency');
  const marks = amount.currencies.map((mark) => resolveCurrency(mark, null));
  const named = own?.texts.map((text, code) => (own.state[code] === PRESENT ? text.toUpperCase() : null));
  for (let row = 0; row < rowCount; row++) {
    const code = amount.codes[row] as number;
    if (amount.state[code] !== PRESENT) continue;
    const currency = named?.[own?.codes[row] as number] ?? marks[code] ?? null;
    deals.set(currency, (deals.get(currency) ?? 0) + 1);
  }
  return deals;
}

const ISO_CODE = /^[A-Z]{3}$/;

function currencyOf(dataset: Dataset, answer: string | undefined): CurrencyDraft {
  const deals = dealsByCurrency(dataset);
  const bareRows = deals.get(null) ?? 0;
  const named = [...deals].filter((entry): entry is [string, number] => entry[0] !== null);
  if (answer !== undefined) return { code: answer, by: 'user', proposal: answer, bareRows };
  if (bareRows === 0) return { code: null, by: 'none', proposal: null, bareRows };
  const total = [...deals.values()].reduce((sum, count) => sum + count, 0);
  const [only] = named;
  const told = only !== undefined && named.length === 1 && ISO_CODE.test(only[0]) ? only[0] : null;
  if (told !== null && total - bareRows >= total * MOST_OF_BARE)
    return { code: told, by: 'told', proposal: told, bareRows };
  const chinese = dataset.sheet.headers.some(({ text }) => isHan(text));
  return { code: null, by: 'open', proposal: told ?? (chinese ? 'CNY' : null), bareRows };
}

/** What the rules file has to say of how the export is to be read. */
export function draftSource(dataset: Dataset, dates: readonly DateDraft[], currency: string | undefined): SourceDraft {
  return {
    key: keyOf(dataset),
    currency: currencyOf(dataset, currency),
    missing: { kept: dataset.ruleset.source.missing, observed: observedMissing(dataset) },
    dates,
  };
}
