import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Converter } from 'opencc-js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { statusKind } from '../../src/dataset/stage-match.ts';
import { foldColumn, foldHeader, foldWord } from '../../src/i18n/fold.ts';

const RULES = new URL('../../rules/', import.meta.url);
const SAME_HEADER = ['商機名稱', '商 机 名 称', '*商机名称', '商机名称*', '商机名称（必填）', '［必填］商機名稱：'];

interface Pack {
  readonly fields?: Record<string, { readonly column?: string | string[] }>;
  readonly history?: Record<string, { readonly column?: string | string[] }>;
  readonly stages?: readonly { readonly id: string; readonly match?: readonly string[] }[];
}

const PACKS = readdirSync(RULES)
  .filter((name) => name.endsWith('.yaml'))
  .map((name): [string, Pack] => [name, parse(readFileSync(new URL(name, RULES), 'utf8'))]);

function columnsOf(part: Pack['fields'] = {}): [string, string][] {
  return Object.entries(part).flatMap(([field, { column = [] }]) =>
    [column].flat().map((name): [string, string] => [field, name]),
  );
}

function wordsOf({ fields, history, stages = [] }: Pack): string[] {
  const columns = [...columnsOf(fields), ...columnsOf(history)].map(([, name]) => name);
  return [...columns, ...stages.flatMap(({ match = [] }) => match)];
}

describe('foldHeader', () => {
  it.each([
    ...SAME_HEADER,
    '*必填 商机名称',
    '商机名称 *必填',
    '商机名称 ( 必填 ) :',
    '【選填】商机名称',
    '\uFEFF商机\u200B名称\u00A0',
    '商机　名称＊',
    '** 商机名称：：',
  ])('%j is 商机名称', (header) => {
    expect(foldHeader(header)).toBe('商机名称');
  });

  it.each([
    ['Amount * ', 'amount'],
    ['ＡＭＯＵＮＴ（Required）', 'amount'],
    ['amount:', 'amount'],
    ['Close\u00A0 Date', 'close date'],
    ['Clo\u200Bse Date', 'close date'],
    ['商机 ID', '商机id'],
    ['预计合同金额 （含税）', '预计合同金额(含税)'],
    ['Deal - Stage', 'deal - stage'],
    ['close_date', 'close_date'],
    ['Required', 'required'],
    ['必填', '必填'],
    ['*', ''],
    ['(必填)', ''],
  ])('%j is %j', (header, folded) => {
    expect(foldHeader(header)).toBe(folded);
  });

  it('takes time in proportion to the length, whatever the marks', () => {
    for (const part of ['*', ' ', '(', '(必填)', '* ', ': ', '字 ', '_', 'a-']) {
      foldColumn(`x${part.repeat(200_000)}x`);
      foldColumn(part.repeat(200_000));
    }
  });
});

describe('foldColumn', () => {
  it.each(['close_date', 'Close Date', 'CLOSE-DATE', '*Close_Date'])('%s is close date', (header) => {
    expect(foldColumn(header)).toBe('close date');
  });

  it.each(['_id', 'owner__r', 'Deal - ID', 'c_2', 'Q1-Q2'])('%s has nothing that joins two words', (header) => {
    expect(foldColumn(header)).toBe(header.toLowerCase());
  });

  it.each(PACKS)('joins no headers of different fields in %s', (_, { fields, history }) => {
    for (const columns of [columnsOf(fields), columnsOf(history)]) {
      const owners = new Map<string, [field: string, name: string]>();
      for (const [field, name] of columns) {
        const owner = owners.get(foldColumn(name)) ?? [field, name];
        owners.set(foldColumn(name), owner);
        if (foldHeader(owner[1]) !== foldHeader(name)) expect(owner, name).toEqual([field, owner[1]]);
      }
    }
  });
});

describe('foldWord', () => {
  it.each([
    ['Closed-Won', 'closed won'],
    [' closed_won ', 'closed won'],
    ['贏 單', '赢单'],
    ['華東大區', '华东大区'],
    ['Negotiation/Review', 'negotiation/review'],
    ['Lost - Price', 'lost - price'],
  ])('%j is %j', (word, folded) => {
    expect(foldWord(word)).toBe(folded);
  });

  it('leads to the words that are looked up folded', () => {
    const words = [
      ...(['進行中', '跟進中', 'In_Progress', 'ACTIVE'] as const).map((word) => [word, 'open'] as const),
      ...(['贏單', '已 成交', 'Won '] as const).map((word) => [word, 'won'] as const),
      ...(['輸單', '丟單', '無效'] as const).map((word) => [word, 'lost'] as const),
    ];
    for (const [word, kind] of words) expect(statusKind(word), word).toBe(kind);
  });
});

describe('any fold', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '商機',
      '裡',
      ' ',
      '*',
      '(必填)',
      '（',
      'required',
      ')',
      ':',
      '_',
      '-',
      'İ',
      'Σ',
      '\u0301',
      '\u200b',
    ),
  );
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));

  it.each([
    ['foldWord', foldWord],
    ['foldHeader', foldHeader],
    ['foldColumn', foldColumn],
  ])('%s of what is folded changes nothing', (_, fold) => {
    fc.assert(
      fc.property(text, (written) => {
        expect(fold(fold(written))).toBe(fold(written));
      }),
      { numRuns: 1000, seed: 7 },
    );
  });

  it.each(['tw', 'hk', 't'] as const)('reads every known word alike in the characters of %s', (region) => {
    const traditional = Converter({ from: 'cn', to: region });
    for (const word of new Set(PACKS.flatMap(([, pack]) => wordsOf(pack)))) {
      expect(foldHeader(traditional(word))).toBe(foldHeader(word));
      expect(foldWord(traditional(word))).toBe(foldWord(word));
    }
  });
});
