import { indented, safeJson } from './json.ts';

/** A JSON array in pieces, one an item, its closing bracket `indent` columns in. */
export function* jsonListPieces(items: Iterable<unknown>, indent: number): Generator<string> {
  const margin = ' '.repeat(indent);
  let separator = '[';
  for (const item of items) {
    yield `${separator}\n${margin}  ${indented(safeJson(item), indent + 2)}`;
    separator = ',';
  }
  yield separator === '[' ? '[]' : `\n${margin}]`;
}
