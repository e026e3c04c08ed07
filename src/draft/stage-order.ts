import { type Column, type Dataset, type Journeys, PRESENT } from '../dataset/dataset.ts';
import { typedColumn } from '../dataset/typed-columns.ts';
import { foldColumn } from '../i18n/fold.ts';
import { median } from '../stats/quantile.ts';
import type { OrderEvidence, StageGroup } from './draft.ts';
import { isDecided, majorityOrder, type Precedence } from './majority-order.ts';

/** Open stages in funnel order. */
export interface StageOrder {
  /** Indexes into the groups. */
  readonly order: readonly number[];
  readonly by: OrderEvidence;
  /** Nobody needs to be asked. */
  readonly sure: boolean;
  /** Indexes of the groups whose place nothing tells; they come last. */
  readonly unplaced: ReadonlySet<number>;
}

const SORT_HEADER = /^(?:stage ?sort ?order|stage ?order|stage ?number|stage ?index|阶段(?:排序|序号|顺序))$/;
const LEADING_NUMBER = /^\s*(?:阶段|stage|s|p)?\s*(\d{1,3})(?!\d|%)/iu;
const RECALLED = ['created', 'stage_entered'] as const;

/** Medians of what the deals of each group have in a column, NaN for none. `dataset.stages` are the groups. */
function mediansOf({ stage, rowCount }: Dataset, column: Column, groups: number): Float64Array {
  const values = Array.from({ length: groups }, (): number[] => []);
  for (let row = 0; row < rowCount; row++) {
    const group = stage[row] as number;
    const code = column.codes[row] as number;
    if (group < 0 || column.state[code] !== PRESENT) continue;
    values[group]?.push(column.numbers[code] as number);
  }
  return Float64Array.from(values, (list) => median(list) ?? Number.NaN);
}

/** The open groups by a number each, null where one has none or all have the same. */
function byNumber(open: readonly number[], numberOf: (group: number) => number): readonly number[] | null {
  const values = open.map(numberOf);
  if (values.some(Number.isNaN) || new Set(values).size < Math.min(2, open.length)) return null;
  return [...open].sort((a, b) => numberOf(a) - numberOf(b) || open.indexOf(a) - open.indexOf(b));
}

function sortColumn({ sheet, ruleset }: Dataset): Column | null {
  const header = sheet.headers.find(({ text }) => SORT_HEADER.test(foldColumn(text)));
  const raw = sheet.columns.find(({ position }) => position === header?.position);
  if (raw === undefined) return null;
  return typedColumn(raw, { id: raw.header, type: 'number', confidence: 1 }, sheet, ruleset);
}

/** How often the first entry to one stage came before that to another; entries at the same moment tell nothing. */
function precedenceOf({ offsets, stage, start }: Journeys, size: number): Precedence {
  const counts = new Float64Array(size * size);
  const firstEntry = new Float64Array(size);
  for (let deal = 0; deal + 1 < offsets.length; deal++) {
    firstEntry.fill(Number.NaN);
    const entered: number[] = [];
    for (let stay = offsets[deal] as number; stay < (offsets[deal + 1] as number); stay++) {
      const to = stage[stay] as number;
      if (!Number.isNaN(firstEntry[to])) continue;
      firstEntry[to] = start[stay] as number;
      for (const from of entered)
        if ((firstEntry[from] as number) < (start[stay] as number)) counts[from * size + to]!++;
      entered.push(to);
    }
  }
  return { size, counts };
}

function knownPlace({ known }: StageGroup, ids: ReadonlyMap<string, number>): number {
  return known === null ? Number.NaN : (ids.get(known.id) ?? Number.NaN);
}

function leadingNumber({ words }: StageGroup): number {
  return Number(LEADING_NUMBER.exec(words[0]?.text ?? '')?.[1] ?? Number.NaN);
}

interface Guess {
  readonly order: readonly number[];
  readonly by: OrderEvidence;
  readonly sure: boolean;
  readonly unplaced: ReadonlySet<number>;
}

function settled(order: readonly number[] | null, by: OrderEvidence): Guess | null {
  return order === null ? null : { order, by, sure: true, unplaced: new Set() };
}

/** By what the table says of its stages, without any journey. */
function tableOrder(
  dataset: Dataset,
  groups: readonly StageGroup[],
  open: readonly number[],
  places: ReadonlyMap<string, number>,
): Guess {
  const group = (index: number): StageGroup => groups[index] as StageGroup;
  const ofColumn = (column: Column | null | undefined): readonly number[] | null => {
    if (column === null || column === undefined || column.numbers.length === 0) return null;
    const medians = mediansOf(dataset, column, groups.length);
    return byNumber(open, (index) => medians[index] as number);
  };
  const placed = byNumber(open, (index) => knownPlace(group(index), places));
  const told =
    settled(ofColumn(sortColumn(dataset)), 'sort-column') ??
    settled(
      byNumber(open, (index) => leadingNumber(group(index))),
      'numbers',
    ) ??
    settled(ofColumn(dataset.columns.get('probability')), 'probability') ??
    settled(placed, 'known');
  if (told !== null) return told;
  const known = open.filter((index) => !Number.isNaN(knownPlace(group(index), places)));
  if (known.length > 0) {
    const unknown = open.filter((index) => !known.includes(index));
    const inOrder = byNumber(known, (index) => knownPlace(group(index), places)) ?? known;
    return { order: [...inOrder, ...unknown], by: 'known', sure: unknown.length === 0, unplaced: new Set(unknown) };
  }
  const since = RECALLED.map((field) => ofColumn(dataset.columns.get(field))).find((order) => order !== null);
  if (since !== undefined) return { order: [...since].reverse(), by: 'age', sure: false, unplaced: new Set() };
  return { order: open, by: 'rows', sure: open.length < 2, unplaced: new Set() };
}

/**
 * The open stages in the order the data show: by the moves of deals, else a column or numbers that sort the stages, else
 * the probability, else the list of the packs, else how long ago the deals were created.
 * @param dataset built with one stage for each of `groups`, in their order
 * @param places index of each stage of the packs by id
 */
export function orderStages(
  dataset: Dataset,
  groups: readonly StageGroup[],
  places: ReadonlyMap<string, number>,
): StageOrder {
  const open = groups.flatMap(({ kind }, index) => (kind === 'open' ? [index] : []));
  const guess = tableOrder(dataset, groups, open, places);
  if (dataset.journeys === null) return guess;
  const precedence = precedenceOf(dataset.journeys, dataset.stages.length);
  if (precedence.counts.every((count) => count === 0)) return guess;
  const order = majorityOrder(guess.order, precedence);
  const decided = isDecided(order, precedence);
  const moved = (index: number): boolean =>
    groups.some(
      (_, other) =>
        precedence.counts[index * precedence.size + other] !== 0 ||
        precedence.counts[other * precedence.size + index] !== 0,
    );
  return {
    order,
    by: 'journeys',
    sure: decided || guess.sure,
    unplaced: new Set([...guess.unplaced].filter((index) => !moved(index))),
  };
}
