import { numberAt, textAt } from '../dataset/cells.ts';
import type { Column, Dataset } from '../dataset/dataset.ts';
import { dealKeys } from '../dataset/deal-keys.ts';
import { currentState, OUTCOME } from '../dataset/journeys/visits.ts';
import { isoOf } from '../dataset/values/calendar.ts';
import { currencyAt } from './build-findings.ts';
import type { AuditReport } from './report.ts';

/** The deals as the report keeps them: parallel columns, one entry a row of the export. */
export type ReportDeals = NonNullable<AuditReport['deals']>;
/** Where a deal stands; `unknown` where its stage is missing or not in the stage list. */
export type DealOutcome = ReportDeals['outcomes'][number];

const NAME_OF_OUTCOME = new Map<number, DealOutcome>(
  Object.entries(OUTCOME).map(([name, outcome]) => [outcome, name as DealOutcome]),
);

/** ISO day of each distinct text of a date column. */
function isoDays(column: Column | undefined): (row: number) => string | null {
  const texts = Array.from(column?.numbers ?? [], (day) => (Number.isNaN(day) ? null : isoOf(Math.floor(day))));
  return (row) => texts[column?.codes[row] ?? -1] ?? null;
}

/** Every row of the export with what a later comparison needs of it, rows with the same key or without one included. */
export function dealsOfReport(dataset: Dataset): ReportDeals {
  const { columns, stages, rowCount } = dataset;
  const { stage, outcome } = currentState(dataset);
  const keyOf = dealKeys(dataset);
  const closeOf = isoDays(columns.get('close'));
  const createdOf = isoDays(columns.get('created'));
  const each = <Value>(read: (row: number) => Value): Value[] =>
    Array.from({ length: rowCount }, (_, row) => read(row));
  return {
    stageOrder: stages.map(({ id }) => id),
    keys: each(keyOf),
    names: each((row) => textAt(columns.get('name'), row)),
    owners: each((row) => textAt(columns.get('owner'), row)),
    stages: each((row) => stages[stage[row] as number]?.id ?? null),
    outcomes: each((row) => NAME_OF_OUTCOME.get(outcome[row] as number) ?? 'unknown'),
    amounts: each((row) => {
      const amount = numberAt(columns.get('amount'), row);
      return Number.isNaN(amount) ? null : amount;
    }),
    currencies: each((row) => currencyAt(dataset, row)),
    closes: each(closeOf),
    created: each(createdOf),
  };
}
