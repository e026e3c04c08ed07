import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { RulesetError } from '../../src/ruleset/diagnostic.ts';
import { findRulesFile } from '../../src/ruleset/find-rules-file.ts';
import { loadRuleset } from '../../src/ruleset/load.ts';
import type { Rule, Ruleset } from '../../src/ruleset/ruleset.ts';

const FOLDER = mkdtempSync(join(tmpdir(), 'funnelint-rules-'));
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

function load(yaml: string, others: Readonly<Record<string, string>> = {}): Ruleset {
  const file = join(FOLDER, 'funnelint.yaml');
  writeFileSync(file, yaml);
  for (const [name, text] of Object.entries(others)) writeFileSync(join(FOLDER, name), text);
  return loadRuleset({ file, packs: [] });
}

function rule(ruleset: Ruleset, id: string): Rule {
  const found = ruleset.rules.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no rule ${id}`);
  return found;
}

/** `line:column message` of every mistake. */
function mistakes(yaml: string, others: Readonly<Record<string, string>> = {}): readonly string[] {
  try {
    load(yaml, others);
  } catch (error) {
    if (!(error instanceof RulesetError)) throw error;
    return error.diagnostics.map(({ line, column, message }) => `${line}:${column} ${message.en}`);
  }
  return [];
}

describe('merging', () => {
  it('takes the recommended pack for granted, and nothing when told so', () => {
    expect(load('version: 1\n').packs).toEqual(['recommended']);
    expect(load('version: 1\nextends: []\n').rules).toEqual([]);
  });

  it('changes just the keys of a partial map, and keeps where each came from', () => {
    const ruleset = load('version: 1\nrules:\n  deal/dormant: {per: owner, warn: "> 20%"}\n');
    const dormant = rule(ruleset, 'deal/dormant');
    expect(dormant).toMatchObject({
      per: 'owner',
      severity: 'warn',
      warn: { value: 0.2, unit: 'share' },
      kind: 'assert',
    });
    expect(dormant.origin.file).toBe('funnelint:recommended');
    expect(Object.keys(dormant.overrides)).toEqual(['per', 'warn']);
    expect(dormant.overrides['per']?.line).toBe(3);
  });

  it.each([
    ['off', { off: true }],
    ['error', { off: false, severity: 'error' }],
    ['info', { off: false, severity: 'info' }],
  ])('changes the severity by the word %s', (word, expected) => {
    expect(rule(load(`version: 1\nrules: {deal/dormant: ${word}}\n`), 'deal/dormant')).toMatchObject(expected);
  });

  it('switches on what a pack leaves off', () => {
    expect(rule(load('version: 1\n'), 'dwell/over-days').off).toBe(true);
    expect(rule(load('version: 1\nrules: {dwell/over-days: on}\n'), 'dwell/over-days').off).toBe(false);
  });

  it('replaces the verb of a pack by another', () => {
    const ruleset = load('version: 1\nrules:\n  owner/missing: {allowed: {field: owner, values: [Ann]}}\n');
    expect(rule(ruleset, 'owner/missing').kind).toBe('allowed');
  });

  it('puts the headers of the file before those of the packs', () => {
    const ruleset = load('version: 1\nfields: {amount: {column: Contract value}}\n');
    const amount = ruleset.fields.find(({ id }) => id === 'amount');
    expect(amount).toMatchObject({ type: 'money' });
    expect(amount?.columns[0]).toBe('Contract value');
    expect(amount?.columns).toContain('Amount');
  });

  it('replaces the stage list as a whole; pack rules that name other stages cannot run', () => {
    const ruleset = load(
      'version: 1\nstages:\n  - {id: a, match: [A]}\n  - {id: w, kind: won}\n  - {id: l, kind: lost}\n',
    );
    expect(ruleset.stages.map(({ id }) => id)).toEqual(['a', 'w', 'l']);
    expect(ruleset.genericStages).toBe(false);
    expect(rule(ruleset, 'deal/amount-missing').obstacle?.en).toBe('the stage list has no “proposal”');
  });

  it('extends files by path, each once', () => {
    const ruleset = load('version: 1\nextends: [./base.yaml, ./other.yaml]\nrules: {x/y: warn}\n', {
      'base.yaml': 'version: 1\nextends: [funnelint:recommended]\nrules:\n  x/y: {required: owner}\n',
      'other.yaml': 'version: 1\nextends: ./base.yaml\n',
    });
    expect(rule(ruleset, 'x/y')).toMatchObject({ kind: 'required', severity: 'warn' });
  });

  it('refuses files that extend each other, for which of them counts would be chance', () => {
    const files = { 'base.yaml': 'version: 1\nextends: [./funnelint.yaml]\n' };
    expect(() => load('version: 1\nextends: [./base.yaml]\n', files)).toThrow(RulesetError);
  });
});

describe('needs', () => {
  it('is one of the fields of coalesce, and every other field', () => {
    const ruleset = load(
      'version: 1\nrules:\n  a/b: {where: amount > 5, assert: "coalesce(closed, close) >= created"}\n',
    );
    expect(rule(ruleset, 'a/b').needs).toEqual([['closed', 'close'], ['created'], ['amount']]);
  });

  it('names headers in backticks', () => {
    const ruleset = load('version: 1\nrules:\n  a/b: {assert: "`Board Approval` is present"}\n');
    expect(rule(ruleset, 'a/b').needsHeaders).toEqual(['Board Approval']);
    expect([...ruleset.extraHeaders]).toEqual([['Board Approval', 'text']]);
  });
});

describe('mistakes', () => {
  it.each([
    ['no version', 'rules: {}\n', ['1:1 "version" is missing: expected 1']],
    ['an unknown section', 'version: 1\nrule: {}\n', ['2:1 unknown key "rule"; did you mean "rules"?']],
    [
      'an unknown pack',
      'version: 1\nextends: [funnelint:salesforse]\n',
      ['2:11 there is no pack "salesforse"; did you mean "funnelint:salesforce"?'],
    ],
    ['a rule without a verb', 'version: 1\nrules:\n  a/b: {where: amount > 0}\n', ['3:3 the rule has no verb']],
    ['two verbs', 'version: 1\nrules:\n  a/b: {required: owner, unique: id}\n', ['3:26 a rule has one verb']],
    [
      'an unknown field',
      'version: 1\nrules:\n  a/b: {required: [ownr]}\n',
      ['3:20 unknown field "ownr"; did you mean "owner"?'],
    ],
    [
      'an unknown stage',
      'version: 1\nrules:\n  a/b: {required: {fields: owner, from: propsal}}\n',
      ['3:41 unknown stage "propsal"; did you mean "proposal"?'],
    ],
    [
      'a threshold that is none',
      'version: 1\nrules:\n  a/b: {required: owner, fail: "lots"}\n',
      ['3:32 expected a bad condition'],
    ],
    [
      'an unquoted threshold',
      'version: 1\nrules:\n  a/b:\n    required: owner\n    fail: > 5%\n',
      ['5:11 a threshold must be quoted'],
    ],
    ['a key that stands twice', 'version: 1\nrules: {}\nrules: {}\n', ['3:1 this key stands twice']],
    ['a day that does not exist', 'version: 1\nreport: {as_of: 2026-02-30}\n', ['2:17 there is no such day']],
    [
      'an exception for no rule',
      'version: 1\nexceptions:\n  - {rule: deal/dormnt, key: "1", reason: x}\n',
      ['3:12 unknown rule "deal/dormnt"; did you mean "deal/dormant"?'],
    ],
    [
      'an option of another kind',
      'version: 1\nrules:\n  a/b: {dwell: {stage: any, time: 2}}\n',
      ['3:29 unknown key "time"'],
    ],
  ])('%s', (_, yaml, expected) => {
    const found = mistakes(yaml);
    expect(found.length, found.join('\n')).toBeGreaterThanOrEqual(expected.length);
    for (const text of expected)
      expect(
        found.some((each) => each.startsWith(text)),
        found.join('\n'),
      ).toBe(true);
  });

  it('are told all at once, over several sections', () => {
    const found = mistakes(
      'version: 1\nsegments: [onwer]\nreport: {lang: fr}\nrules:\n  a/b: {assert: amuont > 0}\n  c/d: {requird: x}\n',
    );
    expect(found.map((text) => text.split(' ')[0])).toEqual(['2:12', '3:16', '5:17', '6:9']);
  });
});

describe('findRulesFile', () => {
  it('finds the nearest file above a folder, and refuses two in one', () => {
    const inner = join(FOLDER, 'a/b');
    mkdirSync(inner, { recursive: true });
    writeFileSync(join(FOLDER, 'a/funnelint.yml'), 'version: 1\n');
    expect(findRulesFile(inner)).toMatch(/a[/\\]funnelint\.yml$/);
    writeFileSync(join(FOLDER, 'a/funnelint.yaml'), 'version: 1\n');
    expect(() => findRulesFile(inner)).toThrow('has both funnelint.yaml and funnelint.yml');
  });
});
