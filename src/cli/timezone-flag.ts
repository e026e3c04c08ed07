import { FunnelintError } from '../errors.ts';
import type { RulesByHeader } from '../read-inputs.ts';
import type { Ruleset } from '../ruleset/ruleset.ts';
import { isTimezone } from '../ruleset/timezone.ts';

/**
 * Rules by which times are turned to the clock of a time zone; without one, as they are.
 * @throws FunnelintError `flag/no-timezone`
 */
export function withTimezone(rules: Ruleset | RulesByHeader, timezone: string | undefined): Ruleset | RulesByHeader {
  if (timezone === undefined) return rules;
  if (!isTimezone(timezone)) throw new FunnelintError('flag/no-timezone', { value: timezone });
  const turned = (ruleset: Ruleset): Ruleset => ({ ...ruleset, source: { ...ruleset.source, timezone } });
  return 'choose' in rules ? { ...rules, choose: (headers) => turned(rules.choose(headers)) } : turned(rules);
}
