import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { flowList, flowMap, scalar, shortened } from '../../src/draft/yaml-text.ts';

/** Texts of the characters that YAML gives a meaning to, and of any others. */
const hostile = fc.oneof(
  fc.string({
    unit: fc.constantFrom(...'"\'#:{}[],&*!|>%@`-?~ \n\r\t\\\u0000\u0007\u0085\u00a0\u2028\u202e\ufeff<=a商'),
  }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('true', 'No', 'null', '~', '<<', '1e3', '0x1', '2026-01-01', '\ud800', 'a\udc00b', '=', '---', '...'),
);

describe('scalar', () => {
  it('is read back as it was, alone and within lists and maps, on one line', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1 }), (texts) => {
        const [first = ''] = texts;
        const yaml = `alone: ${scalar(first)} # remark\nlist: ${flowList(texts)} # remark\nmap: ${flowMap({ a: scalar(first), b: null })}\n`;
        expect(yaml.split(/[\n\r\u0085\u2028\u2029]/)).toHaveLength(4);
        expect(parse(yaml)).toEqual({ alone: first, list: texts, map: { a: first } });
      }),
    );
  });

  it('leaves words unquoted that need no quotes', () => {
    expect(['Closed Won', '方案/报价', 'Proposal-2', '商机 A'].map(scalar)).toEqual([
      'Closed Won',
      '方案/报价',
      'Proposal-2',
      '商机 A',
    ]);
    expect(['yes', '50%', '1', 'a: b', 'a #b', ''].map(scalar)).toEqual([
      '"yes"',
      '"50%"',
      '"1"',
      '"a: b"',
      '"a #b"',
      '""',
    ]);
  });

  it('shows what nobody would see', () => {
    expect(scalar('a\u200bb\u202ec')).toBe('"a\\u200bb\\u202ec"');
  });

  it('stays fast on a long text that nearly needs no quotes', () => {
    for (const long of [`${'a '.repeat(200_000)}!`, `${'a'.repeat(119)}!`, `${'ab cd '.repeat(19)}!`]) {
      expect(parse(scalar(long))).toBe(long);
    }
  });
});

describe('shortened', () => {
  it('keeps whole characters', () => {
    expect(shortened('abcdef', 4)).toBe('abc…');
    expect(shortened('😀😀😀', 2)).toBe('😀…');
    expect(shortened('商机', 2)).toBe('商机');
  });
});
