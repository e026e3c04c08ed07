import type { SourceSettings, StageDefinition } from '../ruleset/ruleset.ts';
import type { Notice } from '../source/sheet.ts';
import { type Column, PRESENT } from './dataset.ts';
import { createStageMatcher, statusKind } from './stage-match.ts';
import { stageIndexes } from './typed-columns.ts';

type ClosedKind = 'won' | 'lost';
const CLOSED_KINDS = ['won', 'lost'] as const;

/** The stage each deal counts as in, and who says so. */
export interface DealStages {
  /** One a row: index into the stages, -1 where unknown. */
  readonly stage: Int16Array;
  /** One a row: 1 where another column than the stage closed the deal; null where none may. */
  readonly toldByOutcome: Uint8Array | null;
  readonly notices: readonly Notice[];
}

interface Deals {
  readonly columns: ReadonlyMap<string, Column>;
  readonly rowCount: number;
  readonly stages: readonly StageDefinition[];
}

/** The kinds that stages of the column are of, whether or not a row has them. */
function kindsNamed(column: Column, stages: readonly StageDefinition[]): ReadonlySet<string> {
  const match = createStageMatcher(stages);
  const kinds = column.texts.map((text, code) =>
    column.state[code] === PRESENT ? stages[match(text).index]?.kind : undefined,
  );
  return new Set(kinds.filter((kind) => kind !== undefined));
}

/**
 * For each distinct outcome the closed stage it names, -1 for none: a closed stage by its words, else the first stage
 * of the kind that the status word means. Bare numbers are codes of another list.
 */
function closedStages(column: Column, kind: ClosedKind, stages: readonly StageDefinition[]): Int16Array {
  const match = createStageMatcher(stages);
  const first = stages.findIndex((stage) => stage.kind === kind);
  return Int16Array.from(column.texts, (text, code) => {
    if (column.state[code] !== PRESENT || /^\d+$/.test(text)) return -1;
    const named = match(text).index;
    if (stages[named]?.kind === kind) return named;
    return statusKind(text) === kind ? first : -1;
  });
}

/** The outcome columns in force by kind: none where the stage column names a kind that they are to tell. */
function outcomeColumns({ columns, stages }: Deals, { outcome }: SourceSettings): readonly [ClosedKind, Column][] {
  const stage = columns.get('stage');
  if (stage === undefined) return [];
  const told = CLOSED_KINDS.filter((kind) => outcome[kind] !== null);
  const named = kindsNamed(stage, stages);
  if (told.some((kind) => named.has(kind))) return [];
  return told.flatMap((kind) => {
    const column = columns.get(outcome[kind] as string);
    return column === undefined || column.type !== 'text' ? [] : [[kind, column] as [ClosedKind, Column]];
  });
}

/**
 * The stage of each deal: what the stage column says, and, where that column never names a closed stage, the closed
 * stage that the outcome column of the rules names. A CRM that tells won and lost by a status leaves closed deals in
 * their last stage, which the stage column still shows.
 */
export function dealStages(deals: Deals, source: SourceSettings): DealStages {
  const { columns, rowCount, stages } = deals;
  const stage = stageIndexes(columns.get('stage'), rowCount, stages);
  const outcomes = outcomeColumns(deals, source);
  if (outcomes.length === 0) return { stage, toldByOutcome: null, notices: [] };
  const toldByOutcome = new Uint8Array(rowCount);
  const notices: Notice[] = [];
  for (const [kind, column] of outcomes) {
    const ofCode = closedStages(column, kind, stages);
    let told = 0;
    for (let row = 0; row < rowCount; row++) {
      const closed = ofCode[column.codes[row] as number] as number;
      if (closed < 0) continue;
      stage[row] = closed;
      toldByOutcome[row] = 1;
      told++;
    }
    const args = { header: column.header, deals: told };
    if (told > 0) notices.push({ code: `stage/${kind}-by-status`, args, line: null, cell: null });
  }
  return { stage, toldByOutcome, notices };
}
