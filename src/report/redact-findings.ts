import type { Column } from '../dataset/dataset.ts';
import { isoOf } from '../dataset/values/calendar.ts';
import type { Args, ArgValue } from '../i18n/text.ts';
import type { Redactor } from './redactor.ts';
import type { ReportFinding } from './report.ts';

/** The argument in which kinds quote the beginning of a row. */
const EXCERPT = 'excerpt';

/** Whether a text is prose in two languages; a value that stands for itself reads the same in both. */
function isProse(text: { readonly en: string; readonly zh: string }): boolean {
  return text.en !== text.zh;
}

/** A message argument without secrets. */
export function redactedArg(value: ArgValue, redactor: Redactor): ArgValue {
  if (typeof value === 'string') return redactor.quoted(value);
  if (typeof value !== 'object' || value === null) return value;
  if ('cellOf' in value) {
    if (value.value === null) return value;
    const isSecret = redactor.secrets.fields.has(value.cellOf);
    return { ...value, value: isSecret ? redactor.hashed(value.value) : redactor.searched(value.value) };
  }
  if ('list' in value) return { list: value.list.map((item) => redactedArg(item, redactor)) };
  if (!('text' in value)) return value;
  const { text, args } = value;
  const said = isProse(text) ? text : { en: redactor.searched(text.en), zh: redactor.searched(text.zh) };
  return { text: said, ...(args === undefined ? {} : { args: redactedArgs(args, redactor) }) };
}

/** The arguments of a message without secrets; the beginning of a row may hold any of its cells. */
export function redactedArgs(args: Args, redactor: Redactor): Record<string, ArgValue> {
  return Object.fromEntries(
    Object.entries(args).map(([slot, value]) => [
      slot,
      slot === EXCERPT && typeof value === 'string' ? redactor.hashed(value) : redactedArg(value, redactor),
    ]),
  );
}

type NumberOf = (field: string, text: string) => number | undefined;

/** The number that a cell of a sensitive field was read as; the texts of a field are numbered when one is asked for. */
function numbersOf(numeric: ReadonlyMap<string, Column>): NumberOf {
  const numbers = new Map<string, ReadonlyMap<string, number>>();
  return (field, text) => {
    const column = numeric.get(field);
    if (column === undefined) return undefined;
    const known =
      numbers.get(field) ?? new Map(column.texts.map((each, code) => [each, column.numbers[code] as number]));
    numbers.set(field, known);
    return known.get(text);
  };
}

/** Whether an argument is the number or date that a cell holds. */
function isNumber(value: ArgValue, number: number): boolean {
  if (typeof value === 'number') return value === number;
  if (typeof value !== 'object' || value === null) return false;
  if ('money' in value) return value.money === number;
  if ('rate' in value) return value.rate === number;
  if ('days' in value) return value.days === number;
  return 'date' in value && Number.isFinite(number) && value.date.startsWith(isoOf(Math.floor(number)));
}

/** The arguments without the number of the cell itself. */
function withoutNumber(args: Args, number: number | undefined, hash: string): Args {
  if (number === undefined) return args;
  return Object.fromEntries(
    Object.entries(args).map(([slot, value]) => [slot, isNumber(value, number) ? hash : value]),
  );
}

/**
 * Findings without secrets: who and what they are about, the cell they quote, what their messages say of it. Rule, place,
 * severity and fingerprint stay as they are.
 */
export function redactedFindings(findings: readonly ReportFinding[], redactor: Redactor): ReportFinding[] {
  const { fields, numeric, isKeySecret } = redactor.secrets;
  const numberOf = numbersOf(numeric);
  const orNull = (text: string | null, redact: (text: string) => string): string | null =>
    text === null ? null : redact(text);
  const ofField = (field: string) => (fields.has(field) ? redactor.hashed : redactor.searched);
  return findings.map((finding) => {
    const { field, value, args } = finding;
    const isSecret = field !== null && fields.has(field);
    const number = isSecret && value !== null ? numberOf(field, value) : undefined;
    return {
      ...finding,
      args: redactedArgs(withoutNumber(args as Args, number, redactor.hashed(value ?? '')), redactor),
      deal: orNull(finding.deal, isKeySecret ? redactor.hashed : redactor.searched),
      name: orNull(finding.name, ofField('name')),
      owner: orNull(finding.owner, ofField('owner')),
      value: orNull(value, isSecret ? redactor.hashed : redactor.searched),
      amount: fields.has('amount') ? null : finding.amount,
    };
  });
}
