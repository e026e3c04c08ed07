import { createNameTest } from './dataset/columns/mapping.ts';
import type { RulesByHeader } from './read-inputs.ts';
import { readCompiledHeaders, readCompiledRules } from './ruleset/compiled-rules.ts';
import { bestPack } from './ruleset/detect.ts';
import { narrowRules, type RuleChoice } from './ruleset/narrow-rules.ts';

/**
 * What `rulesByHeader` answers with, from rules that the build has put together, so that the packs are neither read nor
 * checked; null where there are none, or rules are asked for that may stand elsewhere.
 */
export function compiledByHeader(choice: RuleChoice): RulesByHeader | null {
  if (choice.rule !== undefined && choice.rule.length > 0) return null;
  const headers = readCompiledHeaders();
  if (headers === null) return null;
  const evidence = new Map(Object.entries(headers.evidence));
  return {
    knownHeader: createNameTest(new Set(headers.known)),
    choose: (names) => narrowRules(readCompiledRules(bestPack(names, evidence)), choice),
  };
}
