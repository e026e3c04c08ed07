import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Lang } from '../../src/i18n/text.ts';
import { displayWidth } from '../../src/i18n/width.ts';
import {
  type Block,
  callout,
  type Document,
  heading,
  type Inline,
  paragraph,
  type Tone,
} from '../../src/report/document.ts';
import { renderDocument } from '../../src/reporters/terminal.ts';

fc.configureGlobal({ seed: 20260701 });

const STYLE = /\u001b\[\d+m/g;

interface Look {
  readonly width?: number;
  readonly colour?: boolean;
  readonly lang?: Lang;
}

function draw(document: Document, { width = 80, colour = false, lang = 'en' }: Look = {}): string {
  return renderDocument(document, { lang, width, colour });
}

const dwell: Block = {
  type: 'table',
  columns: [
    { title: '阶段', align: 'left', priority: 0 },
    { title: 'median', align: 'right', priority: 1 },
    { title: 'n', align: 'right', priority: 3 },
    { title: 'p90', align: 'right', priority: 2 },
  ],
  rows: [
    ['线索', '10 days', '1,020', '20'],
    ['Negotiation', [{ text: '31 days', tone: 'warn' }], '333', '90'],
  ],
};

describe('tables', () => {
  it('align wide characters, with a line under the header only', () => {
    expect(draw([dwell])).toBe(
      [
        '  阶段          median      n  p90',
        '  ───────────  ───────  ─────  ───',
        '  线索         10 days  1,020   20',
        '  Negotiation  31 days    333   90',
        '',
      ].join('\n'),
    );
  });

  it('leave out the highest priority numbers first and say so', () => {
    const output = draw([dwell], { width: 33 });
    expect(output).toContain('  Negotiation  31 days   90\n');
    expect(output).toContain('not shown at this width: n\n');
    expect(draw([dwell], { width: 26, lang: 'zh' })).toContain('此宽度下未显示：n、p90\n');
  });

  it('without titles say once what is left out', () => {
    const untitled: Block = { ...dwell, header: false };
    const output = draw([untitled, untitled], { width: 26 });
    expect(output.split('not shown at this width').length - 1).toBe(1);
  });

  it('wrap the widest column once nothing more can go', () => {
    const table: Block = {
      type: 'table',
      header: false,
      columns: [
        { title: 'cell', align: 'left', priority: 0 },
        { title: 'deal', align: 'left', priority: 0 },
        { title: 'amount', align: 'right', priority: 0 },
      ],
      rows: [['F47', '与客户确认新日期，或关闭商机', '1,020']],
    };
    expect(draw([table], { width: 30 })).toBe('  F47  与客户确认新日  1,020\n       期，或关闭商机\n');
  });

  it('wrap a column that may wrap before they leave out another', () => {
    const table: Block = {
      type: 'table',
      columns: [
        { title: 'deal', align: 'left', priority: 0, wrapTo: 10 },
        { title: 'n', align: 'right', priority: 9 },
      ],
      rows: [['one two three four five six seven eight', '5']],
    };
    const output = draw([table], { width: 30 });
    expect(output).not.toContain('not shown');
    expect(output).toContain('one two three four');
  });

  it.each(['left', 'right'] as const)('keep text the layout would measure wrongly in its column (%s)', (align) => {
    const columns = [
      { title: 'name', align, priority: 0 },
      { title: 'n', align: 'right', priority: 0 },
    ] as const;
    const rows = ['ที่ดิน', '🫠🫠', '👩‍👩‍👧', 'e\u0301\u0323', '\u{f0000}', '谈判'].map((name) => [name, '7']);
    const lines = draw([{ type: 'table', columns, rows }])
      .split('\n')
      .slice(0, -1);
    expect(lines.map((line) => displayWidth(line))).toEqual(lines.map(() => displayWidth(lines[0] ?? '')));
    rows.forEach(([name = ''], index) => {
      const blanks = ' '.repeat('name'.length - displayWidth(name));
      expect(lines[index + 2]).toBe(`  ${align === 'right' ? blanks + name : name + blanks}  7`);
    });
  });

  it('colour a cell without moving what stands beside it', () => {
    const columns = [
      { title: '', align: 'right', priority: 0 },
      { title: '', align: 'left', priority: 0 },
    ] as const;
    const rows = [
      [[{ text: '7 天', tone: 'bad' as const }], [{ text: 'x', tone: 'good' as const }]],
      ['1,020', 'y'],
    ];
    expect(draw([{ type: 'table', columns, rows }], { colour: true })).toBe(
      '   \u001b[31m7 天\u001b[39m  \u001b[32mx\u001b[39m\n  1,020  y\n',
    );
  });

  it('draw a very long cell whole and without delay', () => {
    const columns = [{ title: 'x'.repeat(3_000), align: 'left', priority: 0 }] as const;
    const output = draw([{ type: 'table', columns, rows: [['北'.repeat(30_000)]] }]);
    expect(output.match(/北/g)?.length).toBe(30_000);
    expect(output.match(/x/g)?.length).toBe(3_000);
  }, 5_000);

  it('explain their titles and name their caption below', () => {
    const columns = [{ title: 'median', align: 'right', priority: 0, note: 'open deals count as open' }] as const;
    const output = draw([{ type: 'table', columns, rows: [['3']], caption: 'by visit' }]);
    expect(output).toBe('  median\n  ──────\n       3\n  by visit\n  median: open deals count as open\n');
  });
});

describe('bars', () => {
  const rows = [
    { label: '线索', value: 8, text: '8' },
    { label: 'Proposal', value: 1, text: '1 of 8 (12%)' },
    { label: 'Won', value: null, text: 'n/a' },
  ];

  it('are scaled to the greatest value, in eighths', () => {
    expect(draw([{ type: 'bars', rows }], { width: 46 })).toBe(
      [
        '  线索      ████████████████████  8',
        '  Proposal  ██▌                   1 of 8 (12%)',
        '  Won       n/a',
        '',
      ].join('\n'),
    );
  });

  it('show what is greater than nothing, and nothing for zero', () => {
    const tiny = [
      { label: 'a', value: 0.001, text: 'x' },
      { label: 'b', value: 0, text: 'y' },
    ];
    const output = draw([{ type: 'bars', max: 100, rows: tiny }]);
    expect(output).toMatch(/a {2}▏ +x/);
    expect(output).toMatch(/b +y/);
  });

  it('shade an interval and explain the shades', () => {
    const interval = [{ label: 'a', value: 20, low: 10, high: 40, text: '20' }];
    const output = draw([{ type: 'bars', max: 40, rows: interval }]);
    expect(output).toContain(`a  ${'█'.repeat(10)}${'▓'.repeat(10)}${'░'.repeat(20)}  20`);
    expect(output).toContain('░ high end of the interval');
  });

  it('stand below their labels where space is short', () => {
    const output = draw([{ type: 'bars', rows }], { width: 30 });
    expect(output).toContain('  Proposal  1 of 8 (12%)\n  ███▌\n');
  });
});

describe('the page', () => {
  it('gives air to headings and keeps what belongs together', () => {
    const document: Document = [
      heading(1, 'opps.csv'),
      callout('bad', 'one'),
      paragraph('detail', 1),
      callout('warn', 'two'),
      callout('muted', 'three'),
      heading(2, 'Next'),
      { type: 'list', items: ['do this'] },
    ];
    expect(draw(document)).toBe(
      ['opps.csv', '✖ one', '    detail', '', '! two', '? three', '', 'Next', '  • do this', ''].join('\n'),
    );
  });

  it('lets rows of facts be longer than prose', () => {
    const text = 'word '.repeat(60);
    const longest = (block: Block) => Math.max(...draw([block], { width: 160 }).split('\n').map(displayWidth));
    expect(longest(paragraph(text))).toBeLessThanOrEqual(102);
    expect(longest({ ...paragraph(text), wide: true })).toBeGreaterThan(130);
  });

  it('is empty for an empty document', () => {
    expect(draw([])).toBe('');
  });

  it('colours failing red, warnings yellow and nothing else of a plain text', () => {
    const output = draw([callout('bad', ['a ', { text: 'b', tone: 'warn' }])], { colour: true });
    expect(output).toBe('\u001b[31m✖\u001b[39m a \u001b[33mb\u001b[39m\n');
  });

  it('does not ask the environment about colour', () => {
    expect(draw([heading(1, 'x')], { colour: true })).toMatch(STYLE);
    expect(draw([heading(1, 'x')])).toBe('x\n');
  });
});

describe('any document', () => {
  const words = fc.string({
    unit: fc.oneof(
      fc.constantFrom(
        'a',
        'b',
        ' ',
        ' ',
        '，',
        '（',
        '）',
        '北',
        '京',
        '7',
        '·',
        '🚀',
        '🫠',
        'é',
        'ที่',
        '👩‍👩‍👧',
        '\n',
        '\u001b',
        '\u202e',
      ),
      fc.string({ unit: 'grapheme', maxLength: 2 }),
    ),
    maxLength: 50,
  });
  const tone = fc.constantFrom<Tone>('plain', 'good', 'warn', 'bad', 'muted', 'strong');
  const inline: fc.Arbitrary<Inline> = fc.oneof(
    words,
    fc.array(fc.oneof(words, fc.record({ text: words, tone })), { maxLength: 3 }),
  );
  const indent = fc.nat(3);
  const table = fc.integer({ min: 0, max: 7 }).chain((size) =>
    fc.record({
      type: fc.constant('table' as const),
      columns: fc.array(
        fc.record({ title: words, align: fc.constantFrom('left' as const, 'right' as const), priority: fc.nat(4) }),
        { minLength: size, maxLength: size },
      ),
      rows: fc.array(fc.array(inline, { minLength: size, maxLength: size }), { maxLength: 4 }),
      header: fc.boolean(),
      indent,
    }),
  );
  const number = fc.double({ noDefaultInfinity: true });
  const bars = fc.record({
    type: fc.constant('bars' as const),
    rows: fc.array(
      fc.record(
        { label: words, value: fc.option(number), text: words, tone, low: number, high: number },
        { requiredKeys: ['label', 'value', 'text'] },
      ),
      { maxLength: 4 },
    ),
    indent,
  });
  const block: fc.Arbitrary<Block> = fc.oneof(
    fc.record({
      type: fc.constant('heading' as const),
      level: fc.constantFrom(1 as const, 2 as const, 3 as const),
      text: inline,
    }),
    fc.record({ type: fc.constant('paragraph' as const), text: inline, indent }),
    fc.record({ type: fc.constant('list' as const), items: fc.array(inline, { maxLength: 3 }), indent }),
    fc.record({ type: fc.constant('callout' as const), tone, text: inline, indent }),
    table,
    bars,
  );

  it.each([40, 80, 160])('never exceeds %i columns, and colour changes nothing but colour', (width) => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 4 }), fc.constantFrom<Lang>('en', 'zh'), (document, lang) => {
        const plain = draw(document, { width, lang });
        for (const line of plain.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(width);
        expect(plain).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
        expect(draw(document, { width, lang, colour: true }).replace(STYLE, '')).toBe(plain);
      }),
      { numRuns: 150 },
    );
  });

  it('keeps every word of prose at any width', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{1,60}$/), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 24, max: 160 }),
        (list, width) => {
          const output = draw([paragraph(list.join(' '))], { width });
          expect(output.replace(/\s/g, '')).toBe(list.join(''));
        },
      ),
    );
  });
});
