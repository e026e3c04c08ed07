import { type Column, type Dataset, MISSING } from '../dataset/dataset.ts';
import { dealKeys } from '../dataset/deal-keys.ts';

/** Which values are to be replaced, before any file is looked at. */
export interface RedactionChoice {
  /** Fields beside those that the rules call sensitive; `contacts.phone` is one of another list. */
  readonly listed: readonly string[];
  /** Secret that the hashes are made with, null for none: then short values can be guessed. */
  readonly key: string | null;
}

/** What must not be seen. */
export interface Secrets {
  /** Fields with a column, as the report calls them, and headers of their columns that rules name. */
  readonly fields: ReadonlySet<string>;
  /** Those of them that people are told of: each once, as the inputs of the report call them. */
  readonly told: ReadonlySet<string>;
  /** Texts of text fields: secret wherever they stand. */
  readonly words: ReadonlySet<string>;
  /** Texts of the other fields, numbers and dates: secret where a cell is quoted. */
  readonly cells: ReadonlySet<string>;
  /** Columns of other fields than text, by field. */
  readonly numeric: ReadonlyMap<string, Column>;
  /** The key of a deal holds such a field. */
  readonly isKeySecret: boolean;
}

interface Collected {
  readonly fields: Set<string>;
  readonly told: Set<string>;
  readonly words: Set<string>;
  readonly cells: Set<string>;
  readonly numeric: Map<string, Column>;
}

/** Fields of a change log that repeat, or once were, a field of the deals. */
const FIELD_OF_LOG: Readonly<Record<string, string>> = {
  deal_id: 'id',
  deal_name: 'name',
  from_stage: 'stage',
  to_stage: 'stage',
  amount_at: 'amount',
  close_at: 'close',
  changed_by: 'owner',
};
/** Columns of a change log that hold values of any field. */
const ANY_FIELD: ReadonlySet<string> = new Set(['old_value', 'new_value']);

function addTexts({ texts, state }: Column, target: Set<string>): void {
  for (let code = 0; code < texts.length; code++) {
    if (state[code] === MISSING) continue;
    const text = (texts.at(code) as string).trim();
    if (text !== '') target.add(text);
  }
}

function addColumn(column: Column, names: readonly string[], collected: Collected): void {
  for (const name of names) collected.fields.add(name);
  addTexts(column, column.type === 'text' ? collected.words : collected.cells);
  if (column.type === 'text') return;
  for (const name of names) collected.numeric.set(name, column);
}

/** Ids of the fields of one list that are sensitive, or listed. */
function secretIds(
  fields: readonly { readonly id: string; readonly sensitive: boolean }[],
  table: string | null,
  listed: readonly string[],
): ReadonlySet<string> {
  const isListed = (id: string): boolean =>
    listed.includes(id) || (table !== null && listed.includes(`${table}.${id}`));
  return new Set(fields.filter(({ id, sensitive }) => sensitive || isListed(id)).map(({ id }) => id));
}

function collectDeals(dataset: Dataset, ids: ReadonlySet<string>, collected: Collected): void {
  const positions = new Set<number>();
  for (const id of ids) {
    const column = dataset.columns.get(id);
    if (column !== undefined) {
      addColumn(column, [id], collected);
      collected.told.add(id);
      positions.add(column.position);
    }
    for (const { columns } of dataset.earlier ?? []) {
      const earlier = columns.get(id);
      if (earlier !== undefined) addColumn(earlier, [], collected);
    }
  }
  for (const [header, column] of dataset.headerColumns) {
    if (positions.has(column.position)) addColumn(column, [header], collected);
  }
}

function isOfLog(id: string, ofDeals: ReadonlySet<string>): boolean {
  return ANY_FIELD.has(id) ? ofDeals.size > 0 : ofDeals.has(FIELD_OF_LOG[id] ?? '');
}

/** Whether a field of another list is secret, by itself or as a repetition of one of the deals. */
function isSecretIn(table: string, id: string, own: ReadonlySet<string>, ofDeals: ReadonlySet<string>): boolean {
  if (own.has(id)) return true;
  if (table === 'previous') return ofDeals.has(id);
  return table === 'history' && isOfLog(id, ofDeals);
}

function collectTable(table: string, id: string, column: Column, collected: Collected): void {
  const name = `${table}.${id}`;
  const isLog = table === 'history';
  addColumn(column, isLog ? [id, name] : [name], collected);
  // The fields of an earlier export are those of the deals.
  if (table !== 'previous') collected.told.add(isLog ? id : name);
}

function collectTables(
  dataset: Dataset,
  ofDeals: ReadonlySet<string>,
  listed: readonly string[],
  all: Collected,
): void {
  for (const [table, { fields, columns }] of dataset.tables) {
    const own = secretIds(fields, table, listed);
    for (const [id, column] of columns) {
      if (isSecretIn(table, id, own, ofDeals)) collectTable(table, id, column, all);
    }
  }
}

/** Tables in which some rule looks a secret field up: their keys are values of it. */
function tablesOfSecrets({ ruleset }: Dataset, { fields }: Collected): ReadonlySet<string> {
  const tables = ruleset.allRules.flatMap(({ options }) => {
    if (typeof options !== 'object' || options === null) return [];
    const { field, in: table } = options as { readonly field?: unknown; readonly in?: unknown };
    return typeof table === 'string' && typeof field === 'string' && fields.has(field) ? [table] : [];
  });
  return new Set(tables);
}

/** The columns that lists are joined by hold values of one kind: secret in one list, secret in the other. */
function collectJoins(dataset: Dataset, collected: Collected): void {
  const lookedUp = tablesOfSecrets(dataset, collected);
  for (const [table, { key, of }] of dataset.tables) {
    if (key !== null && lookedUp.has(table)) addTexts(key, collected.words);
    for (const column of [...(key === null ? [] : [key]), ...(of?.columns ?? [])]) {
      if (column.texts.some((text) => collected.words.has(text.trim()))) addTexts(column, collected.words);
    }
  }
}

/** Keys stand by themselves in lists of deals, whatever the type of their fields. */
function collectKeys(dataset: Dataset, { words }: Collected): void {
  const keyOf = dealKeys(dataset);
  for (let row = 0; row < dataset.rowCount; row++) {
    const key = keyOf(row);
    if (key !== null) words.add(key);
  }
}

/** The texts of every sensitive field of every list of an audit; each distinct text is looked at once. */
export function secretsOf(dataset: Dataset, listed: readonly string[]): Secrets {
  const collected: Collected = {
    fields: new Set(),
    told: new Set(),
    words: new Set(),
    cells: new Set(),
    numeric: new Map(),
  };
  const ofDeals = secretIds(dataset.fields, null, listed);
  collectDeals(dataset, ofDeals, collected);
  collectTables(dataset, ofDeals, listed, collected);
  collectJoins(dataset, collected);
  const isKeySecret = dataset.ruleset.source.key.some((field) => ofDeals.has(field));
  if (isKeySecret) collectKeys(dataset, collected);
  return { ...collected, isKeySecret };
}
