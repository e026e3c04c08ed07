import { readFileSync } from 'node:fs';
import { parseLayer } from '../ruleset/layer.ts';
import type { Rule } from '../ruleset/ruleset.ts';

const PACK_PREFIX = 'funnelint:';

type Keys = Readonly<Record<string, unknown>>;

function isMap(value: unknown): value is Keys {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readRules(file: string): Keys {
  const path = file.startsWith(PACK_PREFIX)
    ? new URL(`../../rules/${file.slice(PACK_PREFIX.length)}.yaml`, import.meta.url)
    : file;
  const { value } = parseLayer(file, readFileSync(path, 'utf8')).layer;
  return isMap(value) && isMap(value['rules']) ? value['rules'] : {};
}

/**
 * Gives the effective rules back as they were written: each key with the value of the file it comes from. Files are
 * read once.
 */
export function createRuleSource(verbs: ReadonlySet<string>): (rule: Rule) => Keys {
  const files = new Map<string, Keys>();
  const written = (file: string, id: string): Keys => {
    const rules = files.get(file) ?? readRules(file);
    files.set(file, rules);
    const value = rules[id];
    return isMap(value) ? value : {};
  };
  return (rule) => {
    const keys: Record<string, unknown> = { ...written(rule.origin.file, rule.id) };
    for (const [key, { file }] of Object.entries(rule.overrides)) {
      const other = written(file, rule.id);
      if (key in other) keys[key] = other[key];
    }
    const known = Object.entries(keys).filter(([key]) => key === rule.kind || !verbs.has(key));
    return Object.fromEntries(known);
  };
}
