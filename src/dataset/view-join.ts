import { type Column, type Dataset, PRESENT } from './dataset.ts';
import { joinKey } from './deal-join.ts';
import { dealsOf, tableView } from './views.ts';

/** Rows of a dataset and rows of a table that share a key, each as the number of the key, -1 where it has none. */
export interface Join {
  /** How many keys the rows of the dataset have. */
  readonly keys: number;
  /** One a row of the dataset. */
  readonly ofRow: Int32Array;
  /** One a row of the table. */
  readonly ofTableRow: Int32Array;
  readonly table: Dataset;
}

const NONE = -1;

const JOINS = new WeakMap<Dataset, Map<string, Join | null>>();

/** The rows of a table by the rows of a dataset; null where the table, or a column that names the rows, is not given. */
export function joinTable(dataset: Dataset, table: string): Join | null {
  const known = JOINS.get(dataset) ?? new Map<string, Join | null>();
  JOINS.set(dataset, known);
  const found = known.get(table);
  if (found !== undefined) return found;
  const join = buildJoin(dataset, table);
  known.set(table, join);
  return join;
}

function buildJoin(dataset: Dataset, name: string): Join | null {
  const table = tableView(dataset, name);
  const pairs = table === null ? null : keyPairs(dataset, table, name);
  if (table === null || pairs === null || pairs.length === 0) return null;
  const [first, ...others] = pairs.map(([own, other]) => numberKeys(own, other)) as [Numbered, ...Numbered[]];
  const { keys, own, other } = others.reduce(combine, first);
  return { keys, ofRow: own, ofTableRow: other, table };
}

type Pair = readonly [own: Column, other: Column];

function paired(own: readonly (Column | undefined)[], other: readonly (Column | undefined)[]): readonly Pair[] | null {
  const pairs: Pair[] = [];
  for (const [index, column] of own.entries()) {
    const named = other[index];
    if (column === undefined || named === undefined) return null;
    pairs.push([column, named]);
  }
  return pairs;
}

/** The columns by which rows of a dataset and of a table say that they belong together. */
function keyPairs({ view, columns }: Dataset, table: Dataset, name: string): readonly Pair[] | null {
  const deals = dealsOf(table);
  const of = deals.tables.get(name)?.of ?? null;
  if (view === undefined) {
    return (
      of &&
      paired(
        of.fields.map((field) => columns.get(field)),
        of.columns,
      )
    );
  }
  if (view.each !== null) return paired([columns.get(view.each)], [table.columns.get(view.each)]);
  if (name !== 'deals') return of && paired(view.key, of.columns);
  const own = deals.tables.get(view.table ?? '')?.of ?? null;
  return (
    own &&
    paired(
      own.columns,
      own.fields.map((field) => deals.columns.get(field)),
    )
  );
}

interface Numbered {
  readonly keys: number;
  readonly own: Int32Array;
  readonly other: Int32Array;
}

/** Numbers the keys of the own column; each distinct text is looked up once. */
function numberKeys(own: Column, other: Column): Numbered {
  const asNumbers = own.type !== 'text' && other.type !== 'text';
  const keyOf = ({ texts, numbers, state }: Column, code: number): string | number | null => {
    if (state[code] !== PRESENT) return null;
    return asNumbers ? (numbers[code] as number) : joinKey(texts.at(code) as string);
  };
  const numberOfKey = new Map<string | number, number>();
  const ofOwnCode = Int32Array.from(own.texts, (_, code) => {
    const key = keyOf(own, code);
    if (key === null) return NONE;
    const known = numberOfKey.get(key) ?? numberOfKey.size;
    numberOfKey.set(key, known);
    return known;
  });
  const ofOtherCode = Int32Array.from(other.texts, (_, code) => {
    const key = keyOf(other, code);
    return key === null ? NONE : (numberOfKey.get(key) ?? NONE);
  });
  return {
    keys: numberOfKey.size,
    own: own.codes.map((code) => ofOwnCode[code] as number),
    other: other.codes.map((code) => ofOtherCode[code] as number),
  };
}

/** Keys of several columns: a row has one where all its parts are known. */
function combine(one: Numbered, next: Numbered): Numbered {
  const numberOfPair = new Map<number, number>();
  const pairOf = (left: number, right: number): number => (left < 0 || right < 0 ? NONE : left * next.keys + right);
  const own = one.own.map((left, row) => {
    const pair = pairOf(left, next.own[row] as number);
    if (pair === NONE) return NONE;
    const known = numberOfPair.get(pair) ?? numberOfPair.size;
    numberOfPair.set(pair, known);
    return known;
  });
  const other = one.other.map((left, row) => numberOfPair.get(pairOf(left, next.other[row] as number)) ?? NONE);
  return { keys: numberOfPair.size, own, other };
}
