import { isPack, type Layer, type Path } from './layer.ts';
import type { RulesFile } from './schema.ts';

/** A value of the effective rules with the place it was written at. */
export interface Placed<Value> {
  readonly value: Value;
  readonly layer: Layer;
  readonly path: Path;
}

/** A rules file after the schema; layers are merged base first. */
export interface CheckedLayer {
  readonly layer: Layer;
  readonly file: RulesFile;
}

export type FieldEntry = NonNullable<RulesFile['fields']>[string];

export type TableEntry = NonNullable<RulesFile['tables']>[string];

export interface MergedRule {
  readonly id: string;
  /** Where the rule was written first. */
  readonly layer: Layer;
  readonly path: Path;
  /** Key → the last value given. */
  readonly keys: Map<string, Placed<unknown>>;
  /** A lone word such as `off` or `warn`, from the last file that wrote one. */
  word: Placed<string> | null;
}

export interface Merged {
  name: RulesFile['name'];
  readonly fields: Map<string, Placed<FieldEntry>[]>;
  readonly history: Map<string, Placed<FieldEntry>[]>;
  readonly tables: Map<string, Placed<TableEntry>[]>;
  readonly define: Map<string, Placed<string>>;
  stages: Placed<NonNullable<RulesFile['stages']>> | null;
  readonly rules: Map<string, MergedRule>;
  segments: Placed<readonly string[]> | null;
  targets: Placed<NonNullable<RulesFile['targets']>> | null;
  benchmarks: Placed<NonNullable<RulesFile['benchmarks']>> | null;
  reviewBy: Placed<string> | null;
  exceptions: Placed<NonNullable<RulesFile['exceptions']>> | null;
  readonly source: Map<string, Placed<unknown>>;
  readonly report: Map<string, Placed<unknown>>;
  readonly parameters: Map<string, Placed<unknown>>;
  rates: Placed<NonNullable<RulesFile['rates']>> | null;
}

function collectKeys(target: Map<string, Placed<unknown>>, values: object | undefined, layer: Layer, path: Path): void {
  for (const [key, value] of Object.entries(values ?? {})) {
    if (value !== undefined) target.set(key, { value, layer, path: [...path, key] });
  }
}

function mergeEntries<Entry>(
  target: Map<string, Placed<Entry>[]>,
  fields: Readonly<Record<string, Entry>> | undefined,
  layer: Layer,
  key: 'fields' | 'history' | 'tables',
): void {
  for (const [id, value] of Object.entries(fields ?? {})) {
    // Later files come first: a header the user names wins over those the packs know.
    target.set(id, [{ value, layer, path: [key, id] }, ...(target.get(id) ?? [])]);
  }
}

function mergeRule(
  rules: Map<string, MergedRule>,
  id: string,
  value: unknown,
  layer: Layer,
  verbs: ReadonlySet<string>,
): void {
  const path = ['rules', id];
  const rule = rules.get(id) ?? { id, layer, path, keys: new Map(), word: null };
  rules.set(id, rule);
  if (typeof value === 'string') {
    rule.word = { value, layer, path };
    return;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    rule.keys.set('', { value, layer, path });
    return;
  }
  // Another verb replaces the verb of the pack: a rule has exactly one.
  const own = Object.keys(value).filter((key) => verbs.has(key));
  if (own.length > 0) for (const key of rule.keys.keys()) if (verbs.has(key)) rule.keys.delete(key);
  collectKeys(rule.keys, value, layer, path);
}

function mergeDefinitions(target: Merged['define'], values: RulesFile['define'], layer: Layer): void {
  for (const [name, value] of Object.entries(values ?? {})) target.set(name, { value, layer, path: ['define', name] });
}

/** A pack of rules without stages is no audit: its name tells it from the others, and is no title of a report. */
function namesTheAudit(layer: Layer, { stages }: RulesFile): boolean {
  return !isPack(layer) || stages !== undefined;
}

/** A whole section with its place, null where the file has none. */
function placed<Value>(key: string, value: Value | undefined, layer: Layer): Placed<Value> | null {
  return value === undefined ? null : { value, layer, path: [key] };
}

/**
 * Merges rules files, base first. A partial map changes just those keys, a word changes the severity, lists replace
 * lists, headers of a field are added in front.
 */
export function mergeLayers(layers: readonly CheckedLayer[], verbs: ReadonlySet<string>): Merged {
  const merged: Merged = {
    name: undefined,
    fields: new Map(),
    history: new Map(),
    tables: new Map(),
    define: new Map(),
    stages: null,
    rules: new Map(),
    segments: null,
    targets: null,
    benchmarks: null,
    reviewBy: null,
    exceptions: null,
    source: new Map(),
    report: new Map(),
    parameters: new Map(),
    rates: null,
  };
  for (const { layer, file } of layers) {
    if (namesTheAudit(layer, file)) merged.name = file.name ?? merged.name;
    mergeEntries(merged.fields, file.fields, layer, 'fields');
    mergeEntries(merged.history, file.history, layer, 'history');
    mergeEntries(merged.tables, file.tables, layer, 'tables');
    mergeDefinitions(merged.define, file.define, layer);
    merged.stages = placed('stages', file.stages, layer) ?? merged.stages;
    merged.segments = placed('segments', file.segments, layer) ?? merged.segments;
    merged.targets = placed('targets', file.targets, layer) ?? merged.targets;
    merged.benchmarks = placed('benchmarks', file.benchmarks, layer) ?? merged.benchmarks;
    merged.reviewBy = placed('review_by', file.review_by, layer) ?? merged.reviewBy;
    merged.exceptions = placed('exceptions', file.exceptions, layer) ?? merged.exceptions;
    collectKeys(merged.source, file.source, layer, ['source']);
    collectKeys(merged.report, file.report, layer, ['report']);
    collectKeys(merged.parameters, file.parameters, layer, ['parameters']);
    merged.rates = placed('rates', file.rates, layer) ?? merged.rates;
    for (const [id, value] of Object.entries(file.rules ?? {})) mergeRule(merged.rules, id, value, layer, verbs);
  }
  return merged;
}
