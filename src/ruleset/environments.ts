import { foldColumn } from '../i18n/fold.ts';
import type { Definitions } from './expression/definitions.ts';
import type { ExpressionEnvironment, LinkedEnvironment } from './expression/environment.ts';
import type { FieldDefinition, TableDefinition } from './ruleset.ts';

/** The table of the deals themselves, that of the change log, and that of the latest of the earlier exports. */
export const DEALS_TABLE = 'deals';
export const LOG_TABLE = 'history';
export const PREVIOUS_TABLE = 'previous';

/** What expressions may name, by what they are about. */
export interface Environments {
  /** Of rules on deals. */
  readonly deals: ExpressionEnvironment;
  /** Of rules on the rows of a table; null where there is no such table. */
  readonly ofTable: (table: string) => ExpressionEnvironment | null;
  /** Ids of the tables a rule can be about. */
  readonly tables: readonly string[];
  /** Of rules on the distinct values of a field of the deals; null where there is no such field. */
  readonly ofValues: (field: string) => ExpressionEnvironment | null;
}

/** What the rules declare. */
export interface Declared {
  readonly fields: readonly FieldDefinition[];
  readonly historyFields: readonly FieldDefinition[];
  readonly tables: readonly TableDefinition[];
  readonly stages: ExpressionEnvironment['stages'];
  /** Fields that identify a deal. */
  readonly key: readonly string[];
  readonly definitions: Definitions;
}

type Types = ExpressionEnvironment['fields'];
type Links = Map<string, LinkedEnvironment>;

/** An environment whose links are filled in once all are there: tables refer to each other. */
interface Draft extends ExpressionEnvironment {
  readonly tables: Links;
}

const NO_STAGES: ReadonlySet<string> = new Set();
const STAGE: ReadonlySet<string> = new Set(['stage']);
const LOG_STAGES: ReadonlySet<string> = new Set(['from_stage', 'to_stage']);

function typesOf(fields: readonly FieldDefinition[]): Types {
  return new Map(fields.map(({ id, type }) => [id, type]));
}

function headersOf(fields: readonly FieldDefinition[], id: string | null): ReadonlySet<string> {
  const field = fields.find((each) => each.id === id);
  return new Set([...(field?.columns ?? []), ...(field === undefined ? [] : [field.id])].map(foldColumn));
}

function shareOne(one: ReadonlySet<string>, other: Iterable<string>): boolean {
  for (const name of other) if (one.has(name)) return true;
  return false;
}

/** Rows of the one table name rows of the other: its field has a header, or the id, of the other's key. */
function namesKeyOf(table: TableDefinition, owner: TableDefinition): boolean {
  return table.id !== owner.id && shareOne(headersOf(table.fields, table.of), owner.key.map(foldColumn));
}

/** Rows of a table belong to deals unless they name the rows of another table and cannot name deals. */
function namesDeals(table: TableDefinition, declared: Declared): boolean {
  if (table.of === null) return false;
  const ids = headersOf(declared.fields, 'id');
  return shareOne(ids, headersOf(table.fields, table.of)) || !declared.tables.some((owner) => namesKeyOf(table, owner));
}

function link(
  table: string,
  environment: ExpressionEnvironment,
  by: readonly string[] = [],
): [string, LinkedEnvironment] {
  return [table, { table, environment, by }];
}

/** The names that rules and exit criteria may use, with the tables that each kind of row has. */
export function buildEnvironments(declared: Declared): Environments {
  const { stages, tables, key, definitions } = declared;
  const dealTypes = typesOf(declared.fields);
  const tableIds = [...tables.map(({ id }) => id), LOG_TABLE, PREVIOUS_TABLE];
  const draft = (fields: Types, stageFields: ReadonlySet<string>, subject?: string): Draft => ({
    fields,
    stages,
    definitions,
    stageFields,
    tables: new Map(),
    otherTables: [...tableIds, DEALS_TABLE],
    ...(subject === undefined ? {} : { subject }),
  });
  const deals = draft(dealTypes, STAGE);
  const drafts = new Map(tables.map(({ id, fields }) => [id, draft(typesOf(fields), NO_STAGES, id)]));
  drafts.set(LOG_TABLE, draft(typesOf(declared.historyFields), LOG_STAGES, LOG_TABLE));
  drafts.set(PREVIOUS_TABLE, draft(dealTypes, STAGE, PREVIOUS_TABLE));
  const add = (to: Draft, ...links: [string, LinkedEnvironment][]): void => {
    for (const [table, linked] of links) to.tables.set(table, linked);
  };
  const draftOf = (table: string): Draft => drafts.get(table) as Draft;
  for (const table of tables) {
    if (namesDeals(table, declared)) {
      add(deals, link(table.id, draftOf(table.id), ['id']));
      add(draftOf(table.id), link(DEALS_TABLE, deals, [table.of as string]));
    }
    const owned = tables.filter((other) => other.of !== null && namesKeyOf(other, table));
    for (const { id } of owned) add(draftOf(table.id), link(id, draftOf(id)));
  }
  add(deals, link(LOG_TABLE, draftOf(LOG_TABLE), ['id', 'name']), link(PREVIOUS_TABLE, draftOf(PREVIOUS_TABLE), key));
  add(draftOf(LOG_TABLE), link(DEALS_TABLE, deals, ['deal_id', 'deal_name']));
  add(draftOf(PREVIOUS_TABLE), link(DEALS_TABLE, deals, key));
  return {
    deals,
    ofTable: (table) => drafts.get(table) ?? null,
    tables: tableIds,
    ofValues: (field) => {
      const type = dealTypes.get(field);
      if (type === undefined) return null;
      const values = draft(new Map([[field, type]]), field === 'stage' ? STAGE : NO_STAGES, `each: ${field}`);
      add(values, link(DEALS_TABLE, deals));
      for (const [id, other] of drafts) if (other.fields.has(field)) add(values, link(id, other, [`${id}.${field}`]));
      return values;
    },
  };
}
