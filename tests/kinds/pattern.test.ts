import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern, patternMistake } from '../../src/kinds/linear-pattern.ts';
import { FORMAT_NAMES, type FormatName, TEXT_FORMATS } from '../../src/kinds/text-formats.ts';
import { RulesetError } from '../../src/ruleset/diagnostic.ts';
import { loadRuleset } from '../../src/ruleset/load.ts';
import { auditTables, dealsOf, messagesOf, ruleOf } from './audit-rules.ts';

function holds(format: FormatName, text: string): boolean {
  return TEXT_FORMATS[format].holds(text);
}

describe('formats', () => {
  it.each<[FormatName, readonly string[], readonly string[]]>([
    [
      'email',
      ['ann@example.com', 'li.na+crm@mail.example.com.cn', '张三@例子.中国', "o'hara@a-b.io"],
      [
        'ann',
        'ann@',
        '@example.com',
        'ann@example',
        'a..b@example.com',
        'ann@-a.com',
        'a b@c.com',
        'a@b.c1',
        'a@b..com',
      ],
    ],
    [
      'phone-cn',
      ['13812345678', '138 1234 5678', '+86 199-0000-0000', '+8613812345678', '１３８１２３４５６７８'],
      ['12812345678', '1381234567', '138123456789', '010-62345678', '+1 415 555 0100', '+86+8613812345678'],
    ],
    [
      'uscc',
      // The example of GB 32100-2015, and numbers on public record; the check character by an independent computation.
      ['91350100M000100Y43', '91110000802100433B', '91440300708461136T', '91440300708461136t'],
      ['91350100M000100Y34', '9135010OM000100Y43', '91350100M000100Y4', '911100001000052188', '91350100M000100Y433'],
    ],
    [
      'url',
      ['https://example.com', 'www.example.cn/a?b=c#d', 'example.com:8080', 'HTTP://例子.中国/'],
      ['example', 'http://', 'ftp://example.com', 'a b.com', 'http://example.com/a b', 'user@example.com'],
    ],
    [
      'crm-id',
      // The last three characters say which of the others are capitals.
      ['0065g00000yrlBp', '0065g00000yrlBpAAI', '41421621129', '60d5ec49f1a4c5001f8e4b12'],
      ['0065g00000yrlBpAAA', '0065g00000yrlbpAAI', '0065g00000yrl', 'Acme', '60d5ec49f1a4c5001f8e4bzz'],
    ],
  ])('%s', (format, sound, unsound) => {
    expect(sound.filter((text) => !holds(format, text))).toEqual([]);
    expect(unsound.filter((text) => holds(format, text))).toEqual([]);
  });

  it.each(FORMAT_NAMES)('%s takes time in proportion to the text', (format) => {
    for (const part of ['a', 'a.', 'a@', '1', '-', ' ', '/', 'a-']) {
      holds(format, `${part.repeat(200_000)}!`);
    }
  });

  it('find a digit of a company number that was mistyped or swapped with its neighbour', () => {
    const code = '91350100M000100Y43';
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 16 }), fc.constantFrom(...'0123456789ABCDEFGH'), (at, character) => {
        const changed = code.slice(0, at) + character + code.slice(at + 1);
        expect(holds('uscc', changed)).toBe(changed === code);
        const swapped = code.slice(0, at) + code.charAt(at + 1) + code.charAt(at) + code.slice(at + 2);
        expect(holds('uscc', swapped)).toBe(swapped === code);
      }),
    );
  });
});

describe('regular expressions', () => {
  it('take time in proportion to the text', () => {
    const test = compilePattern('(a+)+$');
    expect(test(`${'a'.repeat(1_000_000)}!`)).toBe(false);
    expect(test('baaa')).toBe(true);
  });

  it('are told what is wrong with them', () => {
    expect(patternMistake('^[A-Z]{2}-\\d+$')).toBeNull();
    expect(patternMistake('(a+')).toMatch(/missing closing \)/);
    expect(patternMistake('(?=a)')).toMatch(/Perl syntax/);
    expect(patternMistake('(a)\\1')).toMatch(/escape/);
    expect(patternMistake('((a{1,1000}){1,1000}){1,1000}')).toMatch(/too large/);
    expect(patternMistake('[\\p{L}\\p{N}]{1000}[\\p{L}\\p{N}]{1000}')).not.toBeNull();
    expect(patternMistake('a'.repeat(501))).toMatch(/500/);
  });
});

function mistakes(pattern: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'funnelint-pattern-'));
  const file = join(folder, 'funnelint.yaml');
  writeFileSync(file, `version: 1\nrules:\n  my/rule:\n    pattern: ${pattern}\n`);
  try {
    loadRuleset({ file, packs: [] });
    return [];
  } catch (error) {
    if (!(error instanceof RulesetError)) throw error;
    return error.diagnostics.map(({ line, column, message }) => `${line}:${column} ${message.en}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

it('finds mistakes when the rules file is loaded', () => {
  expect(mistakes('{field: id, matches: "(a+"}')).toEqual(['4:35 not a regular expression: missing closing ): `(a+`']);
  expect(mistakes('{field: id, format: phone}')).toEqual([
    expect.stringMatching(/^4:34 expected one of: email, phone-cn/),
  ]);
  expect(mistakes('{field: owner}')).toEqual([expect.stringContaining('expected a format')]);
  expect(mistakes('{field: id, format: url, matches: a}')).toEqual([expect.stringContaining('not both')]);
  expect(mistakes('{field: emial, format: email}')).toEqual([expect.stringContaining('unknown field "emial"')]);
  expect(mistakes('{field: id, matches: "^[0-9]+$"}')).toEqual([]);
});

it('judges each text once, and leaves empty cells alone', async () => {
  const rules = `version: 1
extends: [funnelint:recommended, funnelint:fields]
rules:
  my/id: {pattern: {field: id, matches: "^[A-Z]{2}-[0-9]+$"}}
  my/email: {pattern: {field: email}}
`;
  const report = await auditTables({
    rules,
    deals: 'id,stage,email\nAB-1,Lead,ann@example.com\nab-2,Lead,N/A\nAB-3,Lead,ann(at)example.com\n',
  });
  expect(dealsOf(report, 'my/id')).toEqual(['ab-2']);
  expect(messagesOf(report, 'my/id')).toEqual(['Deal ID “ab-2” does not match ^[A-Z]{2}-[0-9]+$']);
  expect(dealsOf(report, 'my/email')).toEqual(['AB-3']);
  expect(messagesOf(report, 'my/email', 'zh')).toEqual(['「邮箱」“ann(at)example.com”不是有效的电子邮箱']);
  expect(ruleOf(report, 'my/email').counts).toMatchObject({ checked: 2, violating: 1, unknown: 1 });
});
