import type { Text } from '../../i18n/text.ts';
import type { FieldType, StageKind } from '../ruleset.ts';
import type { Definitions } from './definitions.ts';

/** The names an expression may use. */
export interface ExpressionEnvironment {
  /** Canonical field id → type. */
  readonly fields: ReadonlyMap<string, FieldType>;
  /** Fields that hold a stage; only `stage`, where not said. */
  readonly stageFields?: ReadonlySet<string>;
  /** What the fields belong to where that is not the deals: `leads`, or `each: owner`. It has no headers in backticks. */
  readonly subject?: string;
  /** Tables of which some rows belong to a row, by id: they may be counted and added up. */
  readonly tables?: ReadonlyMap<string, LinkedEnvironment>;
  /** Ids of the tables that are declared but have no rows for a row. */
  readonly otherTables?: readonly string[];
  /** What `define:` names. */
  readonly definitions?: Definitions;
  /** In funnel order. */
  readonly stages: readonly {
    readonly id: string;
    readonly label: Text;
    readonly match: readonly string[];
    readonly kind: StageKind;
  }[];
}

/** A table whose rows belong to the rows of an environment. */
export interface LinkedEnvironment {
  /** Id of the table, `deals` for the deals themselves. */
  readonly table: string;
  readonly environment: ExpressionEnvironment;
  /**
   * Fields by which the rows of the table are found, one of which is enough: those of the row, or, as `leads.owner`, that
   * of the table; none where a key serves.
   */
  readonly by: readonly string[];
}

const STAGE_ALONE: ReadonlySet<string> = new Set(['stage']);

/** Fields of an environment that hold a stage. */
export function stageFieldsOf({ stageFields }: ExpressionEnvironment): ReadonlySet<string> {
  return stageFields ?? STAGE_ALONE;
}
