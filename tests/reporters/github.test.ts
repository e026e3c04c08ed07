import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../src/i18n/translator.ts';
import type { AuditReport } from '../../src/report/report.ts';
import { annotations } from '../../src/reporters/github.ts';
import { CASES, findingOf, reportOf, ruleOf } from './cases.ts';
import { renderedText } from './rendered.ts';

interface Command {
  readonly level: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

const COMMAND = /^::([a-z]+) ([^:]*)::(.*)$/;

function unescaped(text: string): string {
  return text
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%25', '%');
}

/** Reads a line as the runner does. */
function commandOf(line: string): Command {
  const [, level = '', properties = '', message = ''] = COMMAND.exec(line) ?? [];
  const pairs = properties.split(',').map((pair) => pair.split('=') as [string, ...string[]]);
  return {
    level,
    properties: Object.fromEntries(pairs.map(([name, ...value]) => [name, unescaped(value.join('='))])),
    message: unescaped(message),
  };
}

/** The commands, and the last line. */
async function outputOf(report: AuditReport): Promise<{ commands: readonly Command[]; last: string | undefined }> {
  const lines = (await renderedText(report, 'github')).split('\n');
  expect(lines.at(-1)).toBe('');
  expect(lines.slice(0, -2).every((line) => COMMAND.test(line))).toBe(true);
  return { commands: lines.slice(0, -2).map(commandOf), last: lines.at(-2) };
}

describe('github', () => {
  it.each(Object.entries(CASES))('%s is as it was', async (name, report) => {
    await expect(await renderedText(report, 'github')).toMatchFileSnapshot(`snapshots/${name}.github.txt`);
  });

  it('annotates nothing when nothing was found: the verdict is a plain line', async () => {
    expect(await outputOf(CASES.clean)).toEqual({
      commands: [],
      last: 'funnelint: 1 without data · 1 not run · 1 passing · gate passed (exit 0)',
    });
  });

  it('points at the cell and says what to do', async () => {
    expect((await outputOf(CASES.one)).commands).toEqual([
      {
        level: 'error',
        properties: {
          file: 'exports/opps.csv',
          line: '47',
          col: '58',
          title: 'date/close-past-due · F47',
        },
        message:
          'Close date 2026-06-30, which is past · Quarrystone Marine 47 · Priya Venkat\n' +
          '→ Agree a new date with the customer, or close the deal.',
      },
    ]);
  });

  it('escapes what would end a property or a message', async () => {
    const rule = ruleOf('a/b', 'fail', {
      title: { en: 'x', zh: 'x' },
      messages: { past: { en: '100%\r\n::error::{cell}', zh: '' } },
    });
    const finding = findingOf('a/b', 1, { at: { file: '100%, a:b.csv', sheet: null, cell: 'A1', line: 3, column: 1 } });
    const text = await renderedText(reportOf({ rules: [rule], findings: [finding], file: '100%, a:b.csv' }), 'github');
    const [line = ''] = text.split('\n');
    expect(line).toContain('file=100%25%2C a%3Ab.csv,line=3,col=1,');
    expect(line).toContain('::100%25');
    expect(line).toContain('%0A→ Agree');
    expect(commandOf(line).properties['file']).toBe('100%, a:b.csv');
  });

  it('lets no text of the data start a command', async () => {
    const { commands } = await outputOf(CASES.hostile);
    expect(commands.map(({ level }) => level)).toEqual(Array.from({ length: 7 }, () => 'error'));
    const text = await renderedText(CASES.hostile, 'github');
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });

  it('has no command of the other kind, which counts anywhere in a line', async () => {
    const hostile = { deal: '##[error]pwn', name: '###[group]x', value: '##[x' };
    const at = { file: '##[a.csv', sheet: null, cell: 'A1', line: 3, column: 1 };
    const finding = findingOf('a/b', 1, { ...hostile, at });
    const text = await renderedText(reportOf({ rules: [ruleOf('a/b', 'fail')], findings: [finding] }), 'github');
    expect(text).not.toContain('##[');
    expect(text).toContain('##\u200b[a.csv');
  });

  it('has no column where the cell is not on the line, and no line in a workbook', async () => {
    const [first, second] = (await outputOf(CASES.windows)).commands;
    expect(first?.properties).toMatchObject({ file: 'C:/Users/Li Na/exports/opps #1.csv', line: '52', col: '58' });
    expect(second?.properties).toMatchObject({ file: '../exports/opps.csv', line: '53' });
    expect(second?.properties['col']).toBeUndefined();
    const [chinese] = (await outputOf(CASES.chinese)).commands;
    expect(chinese?.properties).toEqual({ file: '导出/商机 2026.xlsx', title: 'date/close-past-due · F47' });
  });

  it('shows ten of each level, one of every rule first, and counts the others', async () => {
    const rules = [
      ruleOf('a/many', 'fail', { amount: { CNY: 9e9 } }),
      ruleOf('b/one', 'fail'),
      ruleOf('c/warn', 'warn'),
      ruleOf('d/held', 'pass'),
    ];
    const many = (rule: string, severity: 'error' | 'warn' | 'info') =>
      Array.from({ length: 12 }, (_, row) => findingOf(rule, row + 1, { severity }));
    const findings = [
      ...many('a/many', 'error'),
      findingOf('b/one', 99),
      ...many('c/warn', 'warn'),
      ...many('d/held', 'info'),
    ];
    const { commands, last } = await outputOf(reportOf({ rules, findings }));
    const levels = commands.map(({ level }) => level);
    expect(levels).toEqual([
      ...Array.from({ length: 10 }, () => 'error'),
      ...Array.from({ length: 10 }, () => 'warning'),
      ...Array.from({ length: 10 }, () => 'notice'),
    ]);
    const titles = commands.map(({ properties }) => properties['title']);
    expect(titles.slice(0, 4)).toEqual(['a/many · F1', 'b/one · F99', 'a/many · F2', 'a/many · F3']);
    expect(last).toContain('7 more not annotated');
  });

  it('leaves out what the baseline knows', async () => {
    const { commands } = await outputOf(CASES.many);
    expect(commands.filter(({ properties }) => properties['title']?.startsWith('deal/dormant')).length).toBe(1);
  });

  it('annotates a rule that tripped without a finding', async () => {
    const rules = [
      ruleOf('win/rate-low', 'fail'),
      ruleOf('deal/few', 'warn', { severity: 'info' }),
      ruleOf('a/b', 'pass'),
    ];
    expect((await outputOf(reportOf({ rules, findings: [] }))).commands).toEqual([
      {
        level: 'error',
        properties: { title: 'win/rate-low' },
        message: 'Open deals close in the future · not met by 31 of 412 (7.5%)',
      },
      {
        level: 'notice',
        properties: { title: 'deal/few' },
        message: 'Open deals close in the future · not met by 31 of 412 (7.5%)',
      },
    ]);
  });

  it('gives the annotations alone, for beside another format', async () => {
    const text = annotations(CASES.many, createTranslator('en', CASES.many.labels));
    const document = await renderedText(CASES.many, 'github');
    expect(document.startsWith(text)).toBe(true);
    expect(document.slice(text.length)).toMatch(/^funnelint: .*\n$/);
  });
});
