import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HeaderEvidence } from './detect.ts';
import type { Expression } from './expression/expression.ts';
import type { FieldType, Rule, Ruleset } from './ruleset.ts';

const FOLDER = fileURLToPath(new URL('../rules/', import.meta.url));

/** What tells the packs from headers, ready to be looked up in. */
export interface CompiledHeaders {
  /** Folded headers that some field of some pack is known by. */
  readonly known: readonly string[];
  readonly evidence: Readonly<Record<string, HeaderEvidence>>;
}

/** Effective rules as JSON: what is a map stands as its entries. */
interface CompiledRuleset extends Omit<Ruleset, 'rules' | 'allRules' | 'extraHeaders'> {
  readonly rules: readonly (Omit<Rule, 'expressions'> & {
    readonly expressions: readonly (readonly [string, Expression])[];
  })[];
  readonly extraHeaders: readonly (readonly [string, FieldType])[];
}

function fileOf(pack: string | null): string {
  return join(FOLDER, `${pack ?? 'none'}.json`);
}

/** The rules as text, without which nothing of them is lost. */
export function packRules({ allRules: _, ...ruleset }: Ruleset): string {
  const rules = ruleset.rules.map((rule) => ({ ...rule, expressions: [...rule.expressions] }));
  const compiled: CompiledRuleset = { ...ruleset, rules, extraHeaders: [...ruleset.extraHeaders] };
  return JSON.stringify(compiled);
}

/** The rules that `packRules` made a text of. */
export function unpackRules(text: string): Ruleset {
  // Our own build wrote it, from rules of the same version.
  const compiled = JSON.parse(text) as CompiledRuleset;
  const rules = compiled.rules.map((rule) => ({ ...rule, expressions: new Map(rule.expressions) }));
  return { ...compiled, rules, allRules: rules, extraHeaders: new Map(compiled.extraHeaders) };
}

/** Writes beside the built code what an audit that names no rules chooses from, by vendor and for none. */
export function writeCompiledRules(headers: CompiledHeaders, rulesets: ReadonlyMap<string | null, Ruleset>): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, 'headers.json'), JSON.stringify(headers));
  for (const [pack, ruleset] of rulesets) writeFileSync(fileOf(pack), packRules(ruleset));
}

/** What the build wrote of the headers; null where there is none of it, as beside the sources. */
export function readCompiledHeaders(): CompiledHeaders | null {
  const file = join(FOLDER, 'headers.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as CompiledHeaders) : null;
}

/** The effective rules of a vendor's pack over the recommended one, or of that alone, as the build wrote them. */
export function readCompiledRules(pack: string | null): Ruleset {
  return unpackRules(readFileSync(fileOf(pack), 'utf8'));
}
