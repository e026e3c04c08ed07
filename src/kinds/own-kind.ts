import { slotsOf } from '../i18n/template.ts';
import type { Text } from '../i18n/text.ts';
import {
  type CheckContext,
  type CheckResult,
  type Kind,
  NOT_CHECKED,
  type PlacesResult,
  type RowsResult,
  UNKNOWN,
  type Violation,
} from './define.ts';

/** A kind that does not ship threw, or answered with what cannot be judged. */
export class OwnKindError extends Error {
  readonly reason: Text;

  constructor(kind: string, cause: unknown) {
    const message = cause instanceof Error ? cause.message : String(cause);
    super(`the kind ${kind} failed: ${message}`, { cause });
    this.name = 'OwnKindError';
    this.reason = { en: `a fault in the kind ${kind}`, zh: `规则类型 ${kind} 出错` };
    if (cause instanceof Error && cause.stack !== undefined) this.stack = cause.stack;
  }
}

function guarded<Result>(kind: string, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    throw error instanceof OwnKindError ? error : new OwnKindError(kind, error);
  }
}

function isText(value: unknown): value is Text {
  const { en, zh } = (value ?? {}) as Partial<Text>;
  return typeof en === 'string' && typeof zh === 'string';
}

function isArgument(value: unknown): boolean {
  if (value === null || typeof value === 'string') return true;
  if (typeof value === 'number') return !Number.isNaN(value);
  // The forms with a key of their own are plain objects; anything else would not survive in a saved report.
  return typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;
}

/** A message that the kind has, with a value for each of its slots. */
function checkViolation({ message, args }: Pick<Violation, 'message' | 'args'>, kind: Kind): void {
  const text = kind.messages[message];
  if (text === undefined) {
    throw new TypeError(`there is no message "${message}"; messages: ${Object.keys(kind.messages).join(', ')}`);
  }
  for (const slot of slotsOf(text.en)) {
    if (!isArgument(args?.[slot])) throw new TypeError(`message "${message}" needs a value for {${slot}}`);
  }
}

function checkRows(result: RowsResult, { dataset, selected }: CheckContext<unknown>, kind: Kind): RowsResult {
  const { outcome, describe, expected } = result;
  if (!(outcome instanceof Uint8Array) || outcome.length !== dataset.rowCount) {
    throw new TypeError(`outcome must be a Uint8Array of ${dataset.rowCount} rows`);
  }
  if (typeof describe !== 'function') throw new TypeError('describe must be a function');
  if (expected !== undefined && !(expected instanceof Float64Array && expected.length === dataset.rowCount)) {
    throw new TypeError(`expected must be a Float64Array of ${dataset.rowCount} rows`);
  }
  for (let row = 0; row < outcome.length; row++) {
    if (selected[row] !== 1) outcome[row] = NOT_CHECKED;
    if ((outcome[row] as number) > UNKNOWN) throw new TypeError(`outcome of row ${row} is ${outcome[row]}`);
  }
  return {
    ...result,
    describe: (row) =>
      guarded(kind.kind, () => {
        const violations = describe(row);
        if (!Array.isArray(violations)) throw new TypeError('describe must answer with a list of violations');
        for (const violation of violations) checkViolation(violation, kind);
        return violations;
      }),
  };
}

function checkPlaces(result: PlacesResult, kind: Kind): PlacesResult {
  if (!Number.isInteger(result.checked)) throw new TypeError('checked must be a whole number');
  if (!Array.isArray(result.places)) throw new TypeError('places must be a list');
  for (const place of result.places) checkViolation(place, kind);
  return result;
}

function checkResult(result: CheckResult, context: CheckContext<unknown>, kind: Kind): CheckResult {
  switch (result?.type) {
    case 'rows':
      return checkRows(result, context, kind);
    case 'places':
      return checkPlaces(result, kind);
    case 'not-run':
      if (!isText(result.reason)) throw new TypeError('reason must be a text in both languages: { en, zh }');
      return result;
    default:
      throw new TypeError('check must answer at once with { type: "rows" | "places" | "not-run", … }');
  }
}

/**
 * A kind that does not ship, on its guard: what it throws or answers wrongly is its fault and told as such, and rows
 * that `where` did not pick stay unjudged whatever it says of them.
 */
export function ownKind(kind: Kind): Kind {
  return {
    ...kind,
    references: (options) => guarded(kind.kind, () => kind.references(options)),
    // Rules share what `where` picks: a kind that writes into it must not spoil it for the others.
    check: (context) =>
      guarded(kind.kind, () =>
        checkResult(kind.check({ ...context, selected: context.selected.slice() }), context, kind),
      ),
  };
}
