import { describe, expect, it } from 'vitest';
import { carets, problemsOf } from './environment-fixture.ts';

/** Source, carets, English message of each problem. */
type Case = readonly [source: string, at: string, ...messages: string[]];

const NAMES: readonly Case[] = [
  ['amuont > 0', '^^^^^^', 'unknown field "amuont"; did you mean "amount"?'],
  ['Amount > 0', '^^^^^^', 'unknown field "Amount"; did you mean "amount"?'],
  ['region = "x"', '^^^^^^', 'unknown field "region"; a header of the file stands in backticks: `region`'],
  ['owner = Owner', '        ^^^^^', 'unknown field "Owner"; put text in quotes: "Owner"; did you mean "owner"?'],
  ['owner = 李娜', '        ^^', 'unknown field "李娜"; put text in quotes: "李娜"'],
  [
    'amuont = clsoe',
    '^^^^^^   ^^^^^',
    'unknown field "amuont"; did you mean "amount"?',
    'unknown field "clsoe"; did you mean "close"?',
  ],
  ['containz(owner, "a")', '^^^^^^^^', 'unknown function "containz"; did you mean "contains"?'],
  ['amount(3) > 1', '^^^^^^', '"amount" is a field, not a function'],
  ['stage = wonn', '        ^^^^', 'unknown stage "wonn"; did you mean "won"?'],
  ['stage in [won, "x"]', '               ^^^', 'unknown stage "x"; the stages are lead, proposal, won, lost'],
  ['stage.kind = wn', '             ^^', 'unknown stage kind "wn"; did you mean "won"?'],
  ['stage.kind = 赢', '             ^', 'unknown stage kind "赢"; the kinds are open, won, lost, dormant'],
  ['stage.kidn = won', '      ^^^^', 'stage has no "kidn"; did you mean "kind"?'],
  ['owner.name = 3', '^^^^^^^^^^', 'only a stage has parts: stage.kind, stage.index'],
  ['stage = 方案/报价', '        ^^^^^', 'write "方案/报价" in quotes'],
];

const TYPES: readonly Case[] = [
  ['amount > "x"', '^^^^^^^^^^^^', 'money cannot be compared with text'],
  ['amount > "100"', '^^^^^^^^^^^^^^', 'money cannot be compared with text; write 100 without quotes'],
  [
    'close > "2026-12-31"',
    '^^^^^^^^^^^^^^^^^^^^',
    'a date cannot be compared with text; write 2026-12-31 without quotes',
  ],
  [
    'close + close > today',
    '^^^^^^^^^^^^^',
    'a date cannot be added to a date; the difference of two dates is close - created',
  ],
  ['close + 30 > today', '^^^^^^^^^^', 'a number cannot be added to a date; write 30d for days'],
  ['amount * budget > 0', '^^^^^^^^^^^^^^^', 'money cannot be multiplied by money'],
  ['30d - close > 0', '^^^^^^^^^^^', 'a date cannot be subtracted from a duration'],
  ['score / amount > 0', '^^^^^^^^^^^^^^', 'a number cannot be divided by money'],
  ['-close > today', '^^^^^^', 'a date cannot be negated'],
  ['stage < 3', '^^^^^^^^^', 'a stage cannot be compared with a number; compare stage.index, which counts from 0'],
  ['stage < won', '^^^^^^^^^^^', 'a stage has no order for <; compare stage.index, which counts from 0'],
  ['stage = amount', '^^^^^^^^^^^^^^', 'a stage cannot be compared with money'],
  ['owner < "b"', '^^^^^^^^^^^', 'text has no order for <; only = and != compare it'],
  ['today - close > 30', '^^^^^^^^^^^^^^^^^^', 'a duration cannot be compared with a number; write 30d for days'],
  [
    'close > 30d',
    '^^^^^^^^^^^',
    'a date cannot be compared with a duration; write a day as 2026-12-31, or compare a difference, as in today - close > 30d',
  ],
  ['amount > 5%', '^^^^^^^^^^^', 'money cannot be compared with a percent'],
  ['probability > 50', '^^^^^^^^^^^^^^^^', 'a percent counts 0 to 1 here; write 50% instead of 50'],
  ['owner = ""', '^^^^^^^^^^', 'no text equals ""; write is missing'],
  ['owner in ["a", 3]', '               ^', 'text cannot be compared with a number'],
  ['amount', '^^^^^^', 'a condition is expected, not money; compare it with something, or ask whether it is present'],
  [
    'active and owner',
    '           ^^^^^',
    'a condition is expected, not text; compare it with something, or ask whether it is present',
  ],
  ['contains(owner)', '^^^^^^^^^^^^^^^', 'contains takes 2 arguments instead of 1, as in contains(text, part)'],
  ['min(score) > 1', '^^^^^^^^^^', 'min takes at least 2 arguments instead of 1, as in min(a, b)'],
  ['coalesce() > 1', '^^^^^^^^^^', 'coalesce takes at least 1 argument instead of 0, as in coalesce(a, b)'],
  ['len(amount) > 1', '    ^^^^^^', 'len does not take money, but len(text)'],
  ['coalesce(amount, owner) > 1', '^^^^^^^^^^^^^^^^^^^^^^^', 'the values in coalesce have different types'],
  ['`X` = "a" and `X` > 3', '              ^^^^^^^', 'text cannot be compared with a number'],
];

const TABLES: readonly Case[] = [
  ['count(vistis) > 1', '      ^^^^^^', 'unknown table "vistis"; did you mean "visits"?'],
  ['count(meetings) > 1', '      ^^^^^^^^', 'unknown table "meetings"; the tables are visits, history'],
  ['min(vistis, at) > today', '    ^^^^^^', 'unknown table "vistis"; did you mean "visits"?'],
  ['count(lines) > 1', '      ^^^^^', 'rows of lines do not belong to rows of the deals'],
  ['count(visits, any(history)) > 1', '                  ^^^^^^^', 'unknown table "history"; the tables are lines'],
  ['visits > 1', '^^^^^^', 'unknown field "visits"; it is a table: count(visits)'],
  ['count(amount) > 1', '      ^^^^^^', '"amount" is a field, not a table'],
  ['count() > 1', '^^^^^^^', 'count takes a table first, as in count(activities, condition)'],
  ['count(1) > 1', '      ^', 'count takes a table first, as in count(activities, condition)'],
  [
    'count(visits, inbound, inbound) > 1',
    '^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^',
    'count takes 1 or 2 arguments instead of 3, as in count(activities, condition)',
  ],
  ['sum(visits) > 1', '^^^^^^^^^^^', 'sum takes 2 or 3 arguments instead of 1, as in sum(payments, amount, condition)'],
  ['sum(visits, nte) > 1', '            ^^^', 'unknown field "nte" of visits; did you mean "note"?'],
  [
    'sum(visits, amount) > 1',
    '            ^^^^^^',
    'unknown field "amount" of visits; its fields are at, cost, note, inbound',
  ],
  ['sum(visits, note) > 1', '            ^^^^', 'sum does not take text, but sum(payments, amount, condition)'],
  [
    'any(visits, cost)',
    '            ^^^^',
    'a condition is expected, not money; compare it with something, or ask whether it is present',
  ],
  [
    'any(visits, `Note` = "x")',
    '            ^^^^^^',
    'headers in backticks are those of the deals; name a field of visits',
  ],
  [
    'any(visits, stage is present)',
    '            ^^^^^',
    'unknown field "stage" of visits; its fields are at, cost, note, inbound',
  ],
  ['any(visits, stage.kind is present)', '            ^^^^^^^^^^', 'nothing here has parts'],
  ['any(history, to_stage = wn)', '                        ^^', 'unknown stage "wn"; did you mean "won"?'],
  ['any(history, to_stage.age > 3d)', '                      ^^^', 'to_stage has no "age"; it has kind, index'],
  ['stage.agee > 3d', '      ^^^^', 'stage has no "agee"; did you mean "age"?'],
  ['stage.age > 3', '^^^^^^^^^^^^^', 'a duration cannot be compared with a number; write 3d for days'],
  ['last(history, to_stage) = wn', '                          ^^', 'unknown stage "wn"; did you mean "won"?'],
  ['if(active, 1) > 1', '^^^^^^^^^^^^^', 'if takes 3 arguments instead of 2, as in if(condition, a, b)'],
  [
    'if(score, 1, 2) > 1',
    '   ^^^^^',
    'a condition is expected, not a number; compare it with something, or ask whether it is present',
  ],
  ['if(active, 1, owner) > 1', '^^^^^^^^^^^^^^^^^^^^', 'the values in if have different types'],
  ['percent_rank(owner) > 90%', '             ^^^^^', 'percent_rank does not take text, but percent_rank(amount)'],
  ['cuont(visits) > 1', '^^^^^', 'unknown function "cuont"; did you mean "count"?'],
];

const SHAPES: readonly Case[] = [
  ['', '^', 'the expression ends too early; a value is expected'],
  ['amount >', '        ^', 'the expression ends too early; a value is expected'],
  ['amount > 0 and', '              ^', 'the expression ends too early; a value is expected'],
  ['(amount > 0', '           ^', 'the expression ends too early; ) is expected'],
  ['amount > 0)', '          ^', 'unexpected ); nothing is open that it could close'],
  ['is missing', '^^', 'a value is expected instead of is'],
  ['owner is blank', '         ^^^^^', 'missing or present is expected instead of blank'],
  ['owner in ("a")', '         ^', 'a list in brackets, as in [won, lost], is expected instead of ('],
  ['owner in []', '^^^^^^^^^^^', 'the list is empty'],
  ['owner in ["a" "b"]', '              ^^^', 'a comma or ] is expected instead of "b"'],
  ['1 < score < 3', '          ^', 'unexpected <; join two comparisons with and'],
  ['active AND active', '       ^^^', 'unexpected AND; write and'],
  ['active 且 active', '       ^', 'unexpected 且; write and'],
  ['stage = Closed Won', '               ^^^', 'unexpected Won; put text of several words in quotes'],
  ['active 3', '       ^', 'unexpected 3; and, or, or the end is expected'],
  ['today() > close', '^^^^^', 'write today without parentheses'],
  ['stage. = won', '       ^', 'kind or index is expected instead of ='],
];

const WORDS: readonly Case[] = [
  ['amount == 3', '       ^^', 'write = instead of =='],
  ['金额 ＞ 0', '   ^', 'write > instead of ＞'],
  ['active && active', '       ^^', 'write and instead of &&'],
  ['amount > 100万', '         ^^^^', 'write 1000000 instead of 100万'],
  [
    'close > today + 3days',
    '                ^^^^^',
    'unknown unit "days"; write 3h for hours, 3d for days, 3w for weeks, 3mo for months of 30 days',
  ],
  ['close > 2026-1-5', '        ^^^^^^^^', 'write the date as 2026-01-05'],
  ['close > 2026/12/31', '        ^^^^^^^^^^', 'write the date as 2026-12-31'],
  ['close > 2026-02-30', '        ^^^^^^^^^^', 'there is no day 2026-02-30'],
  ['owner = "a', '        ^^', 'the text is not closed; a " is missing'],
  ['owner = "a\\q"', '          ^^', 'unknown escape; write \\\\ for a backslash'],
  ['`Close Date > today', '^^^^^^^^^^^^^^^^^^^', 'the header is not closed; a ` is missing'],
  ['` ` > today', '^^^', 'a header is expected between the backticks'],
  ['amount > 3 #@ §', '           ^^ ^', 'unexpected character #@', 'unexpected character §'],
  [`score > 1${'0'.repeat(400)}`, `        ${'^'.repeat(401)}`, 'the number is too large'],
];

describe.each([
  ['names', NAMES],
  ['types', TYPES],
  ['tables', TABLES],
  ['shape', SHAPES],
  ['words', WORDS],
] as const)('problems of %s', (_title, cases) => {
  it.each(cases)('%s', (source, at, ...messages) => {
    const problems = problemsOf(source);
    expect(problems.map((problem) => problem.message.en)).toEqual(messages);
    expect(carets(problems)).toBe(at);
  });
});

describe('problems', () => {
  it('speak Chinese too', () => {
    expect(problemsOf('amuont > 0')[0]?.message.zh).toBe('未知的字段“amuont”；是否想写“amount”？');
    expect(problemsOf('close + close > today')[0]?.message.zh).toBe('日期不能加日期；两个日期之差请写 close - created');
    expect(problemsOf('stage < 3')[0]?.message.zh).toBe('阶段不能与数字比较；请比较 stage.index（从 0 起）');
  });

  it('are at most twenty', () => {
    expect(problemsOf(new Array(100).fill('nobody > 0').join(' and '))).toHaveLength(20);
  });
});
