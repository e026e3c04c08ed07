// Holds what SQL answered against the JSON report of the audit.
//
// A path leads through the report: `metrics.funnel.stages[stage]` is the item of the list `stages` whose `stage` is that
// of the row, `[stage=lead]` always the same one, `rules{rule}.amount{currency}` the entry of the map. The other columns
// of a row are properties of what that leads to (`rate.count`), or the number itself where it leads to one.
//   equals   every row is in the report, and all that the report has there is in a row
//   within   the report may list fewer, such as the first hundred owners, but of each of those all must be equal
//   part of  the report may have more than the rows answer
const STEP = /([^.[\]{}]+)|\[([^\]]*)\]|\{([^}]*)\}/g;
/** Sums of a million amounts differ in their last digits by the order they are added in. */
const TOLERANCE = 1e-9;

/** The report with its rules by id, and of the metrics the numbers alone. */
export function asTree({ rules, metrics }) {
  return {
    rules: Object.fromEntries(rules.map(({ counts, ...rule }) => [rule.id, { ...rule, ...counts }])),
    metrics: Object.fromEntries(Object.entries(metrics).map(([name, { result }]) => [name, result])),
  };
}

/** The values of the keys of an item, null where it is not the one asked for. */
function keysOf(item, wanted) {
  const keys = [];
  for (const each of wanted.split(',')) {
    const [key, fixed] = each.split('=');
    if (fixed === undefined) keys.push(item[key]);
    else if (item[key] !== fixed) return null;
  }
  return keys;
}

function stepFrom({ keys, value }, [, name, list, map]) {
  if (name !== undefined) return [{ keys, value: value?.[name] }];
  if (map !== undefined)
    return Object.entries(value ?? {}).map(([key, item]) => ({ keys: [...keys, key], value: item }));
  return (value ?? []).flatMap((item) => {
    const own = keysOf(item, list);
    return own === null ? [] : [{ keys: [...keys, ...own], value: item }];
  });
}

/** All that the report has at a path, by the values of its keys. */
function placesAt(tree, path) {
  let places = [{ keys: [], value: tree }];
  for (const step of path.matchAll(STEP)) places = places.flatMap((place) => stepFrom(place, step));
  return new Map(places.map(({ keys, value }) => [JSON.stringify(keys), value]));
}

function keyNamesOf(path) {
  const named = [...path.matchAll(STEP)].flatMap(([, , list, map]) => (list ?? map ?? '').split(','));
  return named.filter((name) => name !== '' && !name.includes('='));
}

function isEqual(ours, theirs) {
  if (typeof ours !== 'number' || typeof theirs !== 'number') return ours === theirs;
  return Math.abs(ours - theirs) <= TOLERANCE * Math.max(1, Math.abs(ours), Math.abs(theirs));
}

/** Null for a property of what is null: a rate that is not told has no count. */
const at = (value, path) => path.split('.').reduce((place, name) => (place === null ? null : place?.[name]), value);
const isObject = (value) => value !== null && typeof value === 'object';

function inWords({ path, file }, where, ours, theirs) {
  const [report, sql] = [ours, theirs].map((value) => JSON.stringify(value)?.slice(0, 200) ?? 'nothing');
  return `${file}.sql, ${path} ${where}: the report says ${report}, SQL ${sql}`;
}

/** The columns of a row beside its keys, each with what the report has and whether that is equal. */
function cellsOf(row, keyNames, place) {
  const columns = Object.keys(row).filter((column) => !keyNames.includes(column));
  return columns.map((column) => {
    const ours = isObject(place) ? at(place, column) : place;
    return { column, ours, theirs: row[column], isEqual: isEqual(ours, row[column]) };
  });
}

/** Compares the rows of one statement: answers with how many values were equal, and with the differences in words. */
export function compare(tree, statement, rows) {
  const { relation, path } = statement;
  const keyNames = keyNamesOf(path);
  const places = placesAt(tree, path);
  const differences = [];
  const found = new Set();
  let equal = 0;
  for (const row of rows) {
    const key = JSON.stringify(keyNames.map((name) => row[name]));
    if (!places.has(key)) {
      if (relation !== 'within') differences.push(inWords(statement, key, undefined, row));
      continue;
    }
    const cells = cellsOf(row, keyNames, places.get(key));
    found.add(key);
    const unequal = cells.filter((cell) => !cell.isEqual);
    equal += cells.length - unequal.length;
    for (const { column, ours, theirs } of unequal) {
      differences.push(inWords(statement, `${key} ${column}`, ours, theirs));
    }
  }
  if (relation === 'part of') return { equal, differences };
  const unanswered = [...places].filter(([key]) => !found.has(key));
  return { equal, differences: [...differences, ...unanswered.map(([key, ours]) => inWords(statement, key, ours))] };
}
