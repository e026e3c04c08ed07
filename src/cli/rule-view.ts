import { relative, resolve } from 'node:path';
import type { Kind } from '../kinds/define.ts';
import type { Origin, Rule } from '../ruleset/ruleset.ts';

/** What a rule does when the audit runs: its severity, or nothing. */
export type RuleState = Rule['severity'] | 'off';

export function stateOf({ off, severity }: Rule): RuleState {
  return off ? 'off' : severity;
}

const PACK_PREFIX = 'funnelint:';

/** `funnelint:recommended:12`, or the path from the working folder for what lies in it. */
export function placeText({ file, line }: Origin, folder: string): string {
  const near = file.startsWith(PACK_PREFIX) ? file : relative(folder, resolve(file));
  return `${near.startsWith('..') ? file : near}:${line}`;
}

/** `severity ← funnelint.yaml:8` for every key that another file set. */
export function overrideTexts({ overrides }: Rule, folder: string): readonly string[] {
  return Object.entries(overrides).map(([key, origin]) => `${key} ← ${placeText(origin, folder)}`);
}

/** Which deals, and from when on it is bad, in the words of the rules file. */
export function conditionTexts({ on, each, where, per, warn, fail }: Rule): readonly string[] {
  return [
    ...(on === null ? [] : [`on ${on}`]),
    ...(each === null ? [] : [`each ${each}`]),
    ...(where === null ? [] : [`where ${where.source}`]),
    ...(per === null ? [] : [`per ${per}`]),
    ...(warn === null ? [] : [`warn ${warn.source}`]),
    ...(fail === null ? [] : [`fail ${fail.source}`]),
  ];
}

/** A rule for programs. `written` holds its keys as the files have them. */
export function ruleJson(rule: Rule, kind: Kind | undefined, written: Readonly<Record<string, unknown>>): unknown {
  return {
    id: rule.id,
    state: stateOf(rule),
    kind: rule.kind,
    title: rule.title ?? kind?.title ?? null,
    severity: rule.severity,
    on: rule.on,
    each: rule.each,
    where: rule.where?.source ?? null,
    per: rule.per,
    warn: rule.warn?.source ?? null,
    fail: rule.fail?.source ?? null,
    needs: rule.needs,
    needsHistory: rule.needsHistory,
    provenance: rule.provenance,
    written,
    origin: rule.origin,
    overrides: rule.overrides,
  };
}
