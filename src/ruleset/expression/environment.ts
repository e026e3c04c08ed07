import type { Text } from '../../i18n/text.ts';
import type { FieldType, StageKind } from '../ruleset.ts';

/** The names an expression may use. */
export interface ExpressionEnvironment {
  /** Canonical field id → type. */
  readonly fields: ReadonlyMap<string, FieldType>;
  /** In funnel order. */
  readonly stages: readonly {
    readonly id: string;
    readonly label: Text;
    readonly match: readonly string[];
    readonly kind: StageKind;
  }[];
}
