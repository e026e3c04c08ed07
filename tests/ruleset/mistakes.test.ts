import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { RulesetError } from '../../src/ruleset/diagnostic.ts';
import { loadRuleset } from '../../src/ruleset/load.ts';

const FOLDER = mkdtempSync(join(tmpdir(), 'funnelint-mistakes-'));
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

/** `line:column message` of every mistake of a rules file, whose first line is its version. */
function mistakes(yaml: string, lang: 'en' | 'zh' = 'en'): readonly string[] {
  const file = join(FOLDER, 'funnelint.yaml');
  writeFileSync(file, `version: 1\n${yaml}\n`);
  try {
    loadRuleset({ file, packs: [] });
  } catch (error) {
    if (!(error instanceof RulesetError)) throw error;
    return error.diagnostics.map(({ line, column, message }) => `${line}:${column} ${message[lang]}`);
  }
  return [];
}

const RULES = 'rules:\n  a/b: ';
const STAGES = 'stages: [{id: lead}, {id: won, kind: won}]';

describe('an unknown key, with the one that was meant', () => {
  it.each([
    ['stagess: []', '2:1', 'stagess', 'stages'],
    ['source: {curency: CNY}', '2:10', 'curency', 'currency'],
    ['source: {outcome: {wonn: status}}', '2:20', 'wonn', 'won'],
    ['fields: {amount: {colum: X}}', '2:19', 'colum', 'column'],
    ['fields: {amount: {label: {en: A, ch: B}}}', '2:34', 'ch', 'zh'],
    ['history: {to_stage: {tpye: text}}', '2:22', 'tpye', 'type'],
    ['tables: {orders: {feilds: {}}}', '2:19', 'feilds', 'fields'],
    ['tables: {orders: {fields: {no: {colunm: No}}}}', '2:33', 'colunm', 'column'],
    ['stages: [{id: lead, require_: [owner]}]', '2:21', 'require_', 'require'],
    ['stages: [{id: lead, max_dwel: 7d}]', '2:21', 'max_dwel', 'max_dwell'],
    ['stages: [{id: lead, defintion: X}]', '2:21', 'defintion', 'definition'],
    ['exceptions: [{rule: deal/dormant, key: "1", reason: x, untill: 2026-12-31}]', '2:56', 'untill', 'until'],
    ['report: {fail-on: error}', '2:10', 'fail-on', 'fail_on'],
    [`${RULES}{required: owner, wher: amount > 0}`, '3:26', 'wher', 'where'],
    [`${RULES}{required: {field: owner}}`, '3:20', 'field', 'fields'],
    [`${RULES}{metric: {figure: win_rate, windw: 90d}, fail: "< 20%"}`, '3:36', 'windw', 'window'],
    [`${RULES}{dwell: {stage: any, time: 2}}`, '3:29', 'time', 'times'],
    [`${RULES}{config: {check: stage-count, mim: 3}}`, '3:38', 'mim', 'min'],
    [`${RULES}{requierd: owner}`, '3:9', 'requierd', 'required'],
    ['targets: [{metric: win_rate, at_leest: 25%}]', '2:30', 'at_leest', 'at_least'],
  ])('%s', (yaml, place, key, meant) => {
    const what = yaml.startsWith('targets') ? 'field' : 'key';
    expect(mistakes(yaml)).toContain(`${place} unknown ${what} "${key}"; did you mean "${meant}"?`);
    expect(mistakes(yaml).length).toBeLessThanOrEqual(2);
  });
});

describe('a name that does not exist, with the one that was meant', () => {
  it.each([
    ['segments: [onwer]', '2:12 unknown field "onwer"; did you mean "owner"?'],
    ['source: {key: idd}', '2:15 unknown field "idd"; did you mean "id"?'],
    ['source: {dates: {clsoe: DD/MM/YYYY}}', '2:18 unknown field "clsoe"; did you mean "close"?'],
    ['source: {outcome: statsu}', '2:19 unknown field "statsu"; did you mean "status"?'],
    ['stages: [{id: lead, require: [ownr]}]', '2:31 unknown field "ownr"; did you mean "owner"?'],
    ['stages: [{id: lead, deliverable: descripton}]', '2:34 unknown field "descripton"; did you mean "description"?'],
    ['stages: [{id: lead, exit: amuont > 0}]', '2:27 unknown field "amuont"; did you mean "amount"?'],
    ['stages: [{id: lead, kind: opne}]', '2:27 expected one of: open, won, lost, dormant; did you mean "open"?'],
    [`${RULES}{required: owner, per: onwer}`, '3:31 unknown field "onwer"; did you mean "owner"?'],
    [`${RULES}{assert: "stage = leed"}`, '3:26 unknown stage "leed"; did you mean "lead"?'],
    [`${RULES}{metric: win_rat, fail: "< 20%"}`, '3:17 unknown figure "win_rat"; did you mean "win_rate"?'],
    [`${RULES}{exists: {field: account, in: acounts}}`, '3:38 unknown table "acounts"; did you mean "accounts"?'],
    [`${RULES}{on: acounts, required: owner}`, '3:13 unknown table "acounts"; did you mean "accounts"?'],
    [`${RULES}{each: onwer, assert: "count(deals) < 5"}`, '3:15 unknown field "onwer"; did you mean "owner"?'],
    [`${RULES}sometimes`, '3:3 unknown rule "a/b"'],
    ['rules: {deal/dormnt: off}', '2:9 unknown rule "deal/dormnt"; did you mean "deal/dormant"?'],
    [
      'rules: {config/exit-criteria-mising: on}',
      '2:9 unknown rule "config/exit-criteria-mising"; did you mean "config/exit-criteria-missing"?',
    ],
    ['rules: {deal/dormant: offf}', '2:23 expected one of: off, on, error, warn, info; did you mean "off"?'],
    [
      'exceptions: [{rule: deal/dormnt, key: "1", reason: x}]',
      '2:21 unknown rule "deal/dormnt"; did you mean "deal/dormant"?',
    ],
    [`${STAGES}\nbenchmarks: {conversion: {leed: 35%}}`, '3:27 unknown stage "leed"; did you mean "lead"?'],
    ['benchmarks: {conversoin: 35%}', '2:14 unknown figure "conversoin"; did you mean "conversion"?'],
    ['extends: [funnelint:hubspto]', '2:11 there is no pack "hubspto"; did you mean "funnelint:hubspot"?'],
    ['extends: hubspot', '2:10 no such file: '],
  ])('%s', (yaml, expected) => {
    const [first = '', ...others] = mistakes(yaml);
    expect(first.slice(0, expected.length)).toBe(expected);
    expect(others).toEqual([]);
  });
});

describe('a threshold', () => {
  it.each([
    [
      'bare, in a block',
      `rules:\n  a/b:\n    required: owner\n    fail: > 5%`,
      '5:11 a threshold must be quoted, as in fail: "> 5%"',
    ],
    [
      'bare, in a block, as warn',
      `rules:\n  a/b:\n    required: owner\n    warn: >= 25 rows`,
      '5:11 a threshold must be quoted, as in fail: "> 5%"',
    ],
    [
      'bare, on one line',
      `${RULES}{required: owner, fail: > 5%}`,
      '3:32 a threshold must be quoted, as in fail: "> 5%"',
    ],
    ['that is none', `${RULES}{required: owner, fail: lots}`, '3:32 expected a bad condition'],
    ['that is a number', `${RULES}{required: owner, fail: 5}`, '3:32 expected a text'],
    ['that is good below', `${RULES}{required: owner, fail: "< 5%"}`, '3:32 a rule on deals counts violations'],
    [
      'in days, of a rule on deals',
      `${RULES}{required: owner, fail: "> 5d"}`,
      '3:32 a rule on deals counts violations',
    ],
    [
      'in points, of a rule on deals',
      `${RULES}{required: owner, fail: "> 5 pp"}`,
      '3:32 a rule on deals counts violations',
    ],
    [
      'the wrong way round',
      `${RULES}{required: owner, warn: "> 10%", fail: "> 5%"}`,
      '3:47 fail (> 5%) must lie further out than warn (> 10%)',
    ],
    [
      'in two directions',
      `${RULES}{metric: win_rate, warn: "< 10%", fail: "> 5%"}`,
      '3:48 fail (> 5%) must lie further out than warn (< 10%)',
    ],
    ['in days, of a rate', `${RULES}{metric: win_rate, fail: "> 45d"}`, '3:33 win_rate is a share: write "< 30%"'],
    ['in rows, of a rate', `${RULES}{metric: win_rate, fail: "< 5 rows"}`, '3:33 win_rate is a share: write "< 30%"'],
    ['a hundredfold, of a rate', `${RULES}{metric: win_rate, fail: "< 30"}`, '3:33 win_rate is a share: write "< 30%"'],
    ['in percent, of a time', `${RULES}{metric: cycle, fail: "> 30%"}`, '3:30 cycle is a time: write "> 45d"'],
    [
      'in percent, of a number',
      `${RULES}{metric: count, fail: "< 5%"}`,
      '3:30 count is a number of deals: write "< 20"',
    ],
    ['a band upside down', `${RULES}{metric: win_rate, fail: "outside 90%..50%"}`, '3:33 expected a bad condition'],
  ])('%s', (_, yaml, expected) => {
    const [first = '', ...others] = mistakes(yaml);
    expect(first.slice(0, expected.length)).toBe(expected);
    expect(others).toEqual([]);
  });

  it.each(['"< 30%"', '"< 0.3"', '"outside 20%..90%"'])('of a rate may be %s', (threshold) => {
    expect(mistakes(`${RULES}{metric: win_rate, fail: ${threshold}}`)).toEqual([]);
  });
});

describe('a value of another type or a place where none belongs', () => {
  it.each([
    ['segments: owner', '2:11 expected a list'],
    ['stages: {lead: {}}', '2:9 expected a list'],
    ['stages: [{label: Lead}]', '2:10 "id" is missing: expected a text'],
    ['stages: []', '2:9 too few or too small'],
    ['stages: [{id: a}, {id: a}]', '2:24 stage "a" stands twice'],
    ['stages: [{id: a, max_dwell: soon}]', '2:29 expected a duration such as 30d, 4w, 3mo or 60s'],
    ['stages: [{id: a, probability: 120%}]', '2:31 expected 0% to 100%, or 0 to 1'],
    [
      'fields: {x: {type: texts}}',
      '2:20 expected one of: text, number, money, percent, date, boolean; did you mean "text"?',
    ],
    ['source: {currency: yuan}', '2:20 expected a currency code such as CNY'],
    ['source: {timezone: Asia/Peking}', '2:20 there is no time zone "Asia/Peking"; write it as Asia/Shanghai'],
    ['report: {as_of: 01/06/2026}', '2:17 expected a date such as 2026-12-31'],
    ['report: {as_of: 2026-02-30}', '2:17 there is no such day'],
    ['review_by: 2026-02-30', '2:12 there is no such day'],
    ['targets: [{metric: win_rate, until: 2026-02-30}]', '2:37 there is no such day'],
    ['exceptions: [{rule: deal/dormant, key: "1"}]', '2:14 "reason" is missing: expected a text'],
    ['exceptions: [{rule: deal/dormant, key: "1", reason: " "}]', '2:53 expected a reason'],
    ['exceptions: [{rule: deal/dormant, reason: x}]', '2:14 "key" is missing: expected'],
    ['exceptions: [{rule: deal/dormant, key: "1", reason: x, until: 2026-13-01}]', '2:63 there is no such day'],
    ['benchmarks: {conversion: {lead: often}}', '2:33 expected 35% or 12d'],
    [`${RULES}{required: owner, severity: fatal}`, '3:36 expected one of: error, warn, info'],
    [`${RULES}{required: owner, min_rows: few}`, '3:36 expected a number'],
    [`${RULES}{required: owner, unique: id}`, '3:26 a rule has one verb; "required" stands here already'],
    [`${RULES}{where: amount > 0}`, '3:3 the rule has no verb; one of: '],
    [`${RULES}{}`, '3:3 the rule says nothing; give it a verb, or a word such as off'],
    [`${RULES}[off]`, '3:8 expected a rule: a verb and its options, or a word such as off'],
    [
      `${RULES}{required: owner, message: "{feild} is empty"}`,
      '3:35 unknown slot "feild"; did you mean "field"? The slots are {field}',
    ],
    [
      `${RULES}{order: [created, close], message: "{zzzz} is wrong"}`,
      '3:43 unknown slot "zzzz"; the slots are {later}, {laterDate}, {earlier}, {earlierDate}',
    ],
    [
      `${RULES}{on: accounts, each: owner, assert: 1 = 1}`,
      '3:23 a rule has on (rows of a table) or each (values of a field), not both',
    ],
    [`${RULES}{assert: amount > "x"}`, '3:17 '],
    [`${RULES}{assert: close + close = today}`, '3:17 '],
    [`${RULES}{assert: stage < 3}`, '3:17 '],
    [`${RULES}{assert: amount}`, '3:17 '],
    ['rules: {}\nrules: {}', '3:1 this key stands twice'],
    ['rules:\n  a/b: {required: owner}\n  a/b: off', '4:3 this key stands twice'],
  ])('%s', (yaml, expected) => {
    const [first = '', ...others] = mistakes(yaml);
    expect(first.slice(0, expected.length)).toBe(expected);
    expect(others).toEqual([]);
  });
});

describe('a mistake in Chinese', () => {
  it.each([
    ['source: {curency: CNY}', '2:10 未知的键“curency”；是否想写“currency”？'],
    [`rules:\n  a/b:\n    required: owner\n    fail: > 5%`, '5:11 阈值要加引号，例如 fail: "> 5%"'],
    [`${RULES}{metric: win_rate, fail: "> 45d"}`, '3:33 win_rate 是比率：请写 "< 30%"'],
    ['stages: [{id: a, max_dwell: soon}]', '2:29 应为时长，如 30d、4w、3mo、60s'],
    ['extends: [funnelint:hubspto]', '2:11 没有规则包“hubspto”；是否想写“funnelint:hubspot”？'],
  ])('%s', (yaml, expected) => {
    expect(mistakes(yaml, 'zh')).toEqual([expected]);
  });
});
