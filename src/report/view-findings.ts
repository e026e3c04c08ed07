import { textAt } from '../dataset/cells.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { joinTable } from '../dataset/view-join.ts';
import { dealsOf } from '../dataset/views.ts';
import type { Args, ArgValue, Text } from '../i18n/text.ts';

/** How fields are called in a report: those of another table than the deals with its id in front, `leads.score`. */
export function fieldIds({ view, fields }: Dataset): (field: string) => string {
  const table = view?.table ?? null;
  if (table === null) return (field) => field;
  const own = new Set(fields.map(({ id }) => id));
  return (field) => (own.has(field) ? `${table}.${field}` : field);
}

function qualifiedValue(value: ArgValue, idOf: (field: string) => string): ArgValue {
  if (typeof value !== 'object' || value === null) return value;
  if ('field' in value) return { field: idOf(value.field) };
  if ('cellOf' in value) return { ...value, cellOf: idOf(value.cellOf) };
  if ('text' in value && value.args !== undefined) return { ...value, args: qualifiedArgs(value.args, idOf) };
  return 'list' in value ? { list: value.list.map((item) => qualifiedValue(item, idOf)) } : value;
}

/** The arguments of a message with the fields as the report calls them. */
export function qualifiedArgs(args: Args, idOf: (field: string) => string): Record<string, ArgValue> {
  return Object.fromEntries(Object.entries(args).map(([slot, value]) => [slot, qualifiedValue(value, idOf)]));
}

/** Labels of the fields of another table, by the names that findings call them. */
export function viewLabels(views: Iterable<Dataset>): Readonly<Record<string, Text>> {
  const labels: Record<string, Text> = {};
  for (const view of views) {
    const idOf = fieldIds(view);
    for (const { id, label } of view.fields) labels[idOf(id)] = { ...label };
  }
  return labels;
}

/** Owner of a row: its own, else that of the deal it belongs to; of a value of the field `owner` the value. */
export function ownersOf(dataset: Dataset): (row: number) => string | null {
  const own = dataset.columns.get('owner');
  if (own !== undefined || (dataset.view?.table ?? null) === null) return (row) => textAt(own, row);
  const deals = dealsOf(dataset);
  const join = joinTable(dataset, 'deals');
  if (join === null) return () => null;
  const dealOfKey = new Int32Array(join.keys).fill(-1);
  for (let deal = deals.rowCount - 1; deal >= 0; deal--) {
    const key = join.ofTableRow[deal] as number;
    if (key >= 0) dealOfKey[key] = deal;
  }
  return (row) => {
    const deal = dealOfKey[join.ofRow[row] as number] ?? -1;
    return deal < 0 ? null : textAt(deals.columns.get('owner'), deal);
  };
}
