import { foldColumn } from '../../i18n/fold.ts';
import type { FieldDefinition, FieldType } from '../../ruleset/ruleset.ts';

/** Which header serves which field. */
export interface HeaderMapping {
  /** Index into the header list. */
  readonly index: number;
  readonly header: string;
  readonly field: string;
  readonly type: FieldType;
  /** 1 for a header written as it is known, a little less for one that matches after folding. */
  readonly confidence: number;
}

const FOLDED_CONFIDENCE = 0.95;

const namesOfFields = new WeakMap<readonly FieldDefinition[], ReadonlySet<string>>();

/** The headers that fields are known by, folded. */
export function headerNames(fields: readonly FieldDefinition[]): ReadonlySet<string> {
  const known = namesOfFields.get(fields);
  if (known !== undefined) return known;
  const names = new Set(fields.flatMap((field) => [...field.columns, field.id]).map(foldColumn));
  namesOfFields.set(fields, names);
  return names;
}

/** Whether a cell is one of the headers, which are folded. */
export function createNameTest(known: ReadonlySet<string>): (header: string) => boolean {
  return (header) => header !== '' && known.has(foldColumn(header));
}

/** Whether a cell is a header that some field is known by. */
export function createHeaderTest(fields: readonly FieldDefinition[]): (header: string) => boolean {
  return createNameTest(headerNames(fields));
}

function firstIndexes(headers: readonly string[], nameOf: (header: string) => string): ReadonlyMap<string, number> {
  const indexes = new Map<string, number>();
  for (const [index, header] of headers.entries()) {
    const name = nameOf(header);
    if (name !== '' && !indexes.has(name)) indexes.set(name, index);
  }
  return indexes;
}

/**
 * Gives each field the first of its known headers that the file has, and all of them where they stand in for each other
 * row by row; a header serves one field. An exact spelling is taken before one that needs folding, and of repeated
 * headers the first counts.
 */
export function mapHeaders(headers: readonly string[], fields: readonly FieldDefinition[]): readonly HeaderMapping[] {
  const exact = firstIndexes(headers, (header) => header.trim());
  const folded = firstIndexes(headers, foldColumn);
  const taken = new Set<number>();
  return fields.flatMap(({ id, type, columns, coalesce }): HeaderMapping[] => {
    const found: HeaderMapping[] = [];
    for (const column of [...columns, id]) {
      const index = exact.get(column) ?? folded.get(foldColumn(column));
      if (index === undefined || taken.has(index)) continue;
      taken.add(index);
      const header = headers[index] as string;
      // One that only folds to this name may be another name of the field letter by letter.
      const isExact = header.trim() === column || columns.includes(header.trim());
      found.push({ index, header, field: id, type, confidence: isExact ? 1 : FOLDED_CONFIDENCE });
      if (coalesce !== true) break;
    }
    return found;
  });
}
