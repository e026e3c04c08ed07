import { existsSync, readFileSync } from 'node:fs';
import type { Text } from '../i18n/text.ts';

const EXAMPLES = new URL('../../rules/examples.json', import.meta.url);

/** Small files that violate a rule, and what an audit as of 2026-06-01 says of them. */
export interface RuleExample {
  readonly files: readonly { readonly name: string; readonly text: string }[];
  readonly findings: readonly { readonly at: string; readonly message: Text }[];
}

/** Examples of all rules that ship, by rule. */
export type RuleExamples = Readonly<Record<string, RuleExample>>;

/** The example of a rule that ships; null for any other rule. */
export function exampleOf(id: string): RuleExample | null {
  if (!existsSync(EXAMPLES)) return null;
  // Our own tests wrote the file.
  const examples = JSON.parse(readFileSync(EXAMPLES, 'utf8')) as RuleExamples;
  return Object.hasOwn(examples, id) ? (examples[id] ?? null) : null;
}
