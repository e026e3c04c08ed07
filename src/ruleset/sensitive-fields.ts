import { FunnelintError } from '../errors.ts';
import { nearest } from './nearest.ts';
import type { Ruleset } from './ruleset.ts';

/** Fields of every list; those of another one than the deals also with its id in front: `contacts.phone`. */
export function namesOfFields({
  fields,
  historyFields,
  tables,
}: Pick<Ruleset, 'fields' | 'historyFields' | 'tables'>): readonly string[] {
  const ofTables = tables.flatMap((table) => table.fields.flatMap(({ id }) => [id, `${table.id}.${id}`]));
  const ofLog = historyFields.flatMap(({ id }) => [id, `history.${id}`]);
  return [...new Set([...fields.map(({ id }) => id), ...ofTables, ...ofLog])];
}

/**
 * The fields whose values are replaced, beside the sensitive ones: those asked for and those of the rules file; null
 * where neither says that anything is.
 * @throws FunnelintError `flag/no-field` for one that the rules do not know
 */
export function listedFields(
  asked: readonly string[] | 'sensitive' | null,
  ruleset: Ruleset,
): readonly string[] | null {
  const ofRules = ruleset.report.redact;
  if (asked === null && ofRules === null) return null;
  const named = asked === null || asked === 'sensitive' ? [] : asked;
  const known = namesOfFields(ruleset);
  const unknown = named.find((field) => !known.includes(field));
  if (unknown === undefined) return [...new Set([...named, ...(ofRules ?? [])])];
  const near = nearest(unknown, known);
  const hint = near === null ? { en: '', zh: '' } : { en: `; did you mean ${near}?`, zh: `；是否想写 ${near}？` };
  const fields = ruleset.fields.map(({ id }) => id).join(', ');
  throw new FunnelintError('flag/no-field', { flag: '--redact-field', value: unknown, hint: { text: hint }, fields });
}
