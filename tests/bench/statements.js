import { readFileSync } from 'node:fs';

const HEADER = /^-- (equals|within|part of) (\S+)\s*$/m;

/**
 * The statements of a file of sql/, in order. A statement whose comments say `-- equals PATH` is a question: what it
 * answers must stand in the report at that path (see compare.js). All others prepare tables, views and macros.
 */
export function statementsOf(name) {
  const text = readFileSync(new URL(`./sql/${name}.sql`, import.meta.url), 'utf8');
  return text
    .split(/;[ \t]*\n/)
    .map((sql) => sql.trim())
    .filter((sql) => sql !== '')
    .map((sql) => {
      const [, relation, path] = HEADER.exec(sql) ?? [];
      return { file: name, sql, relation: relation ?? null, path: path ?? null };
    });
}
