import { foldHeader } from '../i18n/fold.ts';
import type { FieldDefinition, FieldType } from '../ruleset/ruleset.ts';

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

/** Whether a cell is a header that some field is known by. */
export function createHeaderTest(fields: readonly FieldDefinition[]): (header: string) => boolean {
  const known = new Set(fields.flatMap((field) => [...field.columns, field.id]).map(foldHeader));
  return (header) => header !== '' && known.has(foldHeader(header));
}

/**
 * Gives each field the first of its known headers that the file has; a header serves one field. An exact spelling is
 * taken before one that needs folding, and of repeated headers the first counts.
 */
export function mapHeaders(headers: readonly string[], fields: readonly FieldDefinition[]): readonly HeaderMapping[] {
  const exact = new Map<string, number>();
  const folded = new Map<string, number>();
  for (const [index, header] of headers.entries()) {
    const trimmed = header.trim();
    if (trimmed === '') continue;
    if (!exact.has(trimmed)) exact.set(trimmed, index);
    const fold = foldHeader(header);
    if (!folded.has(fold)) folded.set(fold, index);
  }
  const taken = new Set<number>();
  const mappings: HeaderMapping[] = [];
  for (const { id, type, columns } of fields) {
    for (const column of [...columns, id]) {
      const index = exact.get(column) ?? folded.get(foldHeader(column));
      if (index === undefined || taken.has(index)) continue;
      taken.add(index);
      const header = headers[index] as string;
      mappings.push({ index, header, field: id, type, confidence: exact.has(column) ? 1 : FOLDED_CONFIDENCE });
      break;
    }
  }
  return mappings;
}
