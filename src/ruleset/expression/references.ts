import type { FieldType } from '../ruleset.ts';
import type { Expression } from './expression.ts';
import { operandsOf } from './operands.ts';

function forEachLeaf(expression: Expression, visit: (leaf: Expression) => void): void {
  visit(expression);
  for (const operand of operandsOf(expression)) forEachLeaf(operand, visit);
}

/** Canonical fields an expression reads; `stage.kind` and `stage.index` read `stage`. */
export function fieldsOf(expression: Expression): ReadonlySet<string> {
  const fields = new Set<string>();
  forEachLeaf(expression, (leaf) => {
    if (leaf.op === 'field') fields.add(leaf.field);
    if (leaf.op === 'stageKind' || leaf.op === 'stageIndex') fields.add(leaf.field);
  });
  return fields;
}

const FIELD_TYPES: readonly FieldType[] = ['text', 'number', 'money', 'percent', 'date', 'boolean'];

/** Headers named in backticks, with the type each is used as. */
export function headersOf(expression: Expression): ReadonlyMap<string, FieldType> {
  const headers = new Map<string, FieldType>();
  forEachLeaf(expression, (leaf) => {
    const type = FIELD_TYPES.find((candidate) => candidate === leaf.type);
    if (leaf.op === 'header' && type !== undefined) headers.set(leaf.header, type);
  });
  return headers;
}
