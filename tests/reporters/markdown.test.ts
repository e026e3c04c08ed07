import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Block,
  callout,
  type Document,
  heading,
  type Inline,
  paragraph,
  span,
} from '../../src/report/document.ts';
import type { AuditReport } from '../../src/report/report.ts';
import { documentMarkdown } from '../../src/reporters/markdown-blocks.ts';
import { htmlText, inlineMarkdown, lineMarkdown, markdownText } from '../../src/reporters/markdown-text.ts';
import { auditSample } from '../sample-audit.ts';
import { CASES, findingOf, HOSTILE, reportOf, ruleOf } from './cases.ts';
import { renderedText } from './rendered.ts';

fc.configureGlobal({ seed: 20260701 });

const OWN_TAGS = /<\/?(?:details|summary)>/g;

/** What stands in the cells of a row, with no regard to escapes: the text holds no pipe of its own. */
function cellsOf(line: string): string[] {
  return line.split('|').slice(1, -1);
}

/** Tables have as many cells in each row as titles, and no tag but those of the format stands anywhere. */
function expectSound(markdown: string): void {
  expect(markdown.replace(OWN_TAGS, '')).not.toContain('<');
  expect(markdown.match(/<details>/g)?.length ?? 0).toBe(markdown.match(/<\/details>/g)?.length ?? 0);
  let columns = 0;
  for (const line of markdown.split('\n')) {
    if (!line.startsWith('|')) columns = 0;
    else if (columns === 0) columns = cellsOf(line).length;
    else expect(cellsOf(line)).toHaveLength(columns);
  }
}

describe.each(Object.entries(CASES))('the case %s as Markdown', (name, report) => {
  it('is as it was', async () => {
    await expect(await renderedText(report, 'markdown')).toMatchFileSnapshot(`snapshots/${name}.md`);
  });

  it('is sound in both languages', async () => {
    for (const lang of ['en', 'zh'] as const) expectSound(await renderedText(report, 'markdown', { lang }));
  });
});

describe('the comment', () => {
  it('says first how the gate stands', async () => {
    const lines = (await renderedText(CASES.many, 'markdown')).split('\n');
    expect(lines.slice(0, 4)).toEqual([
      '## Weekly pipeline audit',
      '',
      '> [!CAUTION]',
      '> 1 failing · 1 warning · 1 inconclusive · 1 without data · 1 not run · 1 passing · gate failed (exit 1)',
    ]);
    expect(await renderedText(CASES.clean, 'markdown')).toContain('> 1 without data · 1 not run · 1 passing');
  });

  it('counts what a rule found and shows its first three findings', async () => {
    const markdown = await renderedText(CASES.many, 'markdown');
    expect(markdown).toContain(
      '| ✖ date/close-past-due | Open deals close in the future | not met by 31 of 412 (7.5%) | CN¥8.2M |',
    );
    expect(markdown).toContain('<details><summary>✖ date/close-past-due: 3 of 31 findings</summary>');
    expect(markdown.match(/^\| F\d+ \|/gm)).toEqual(['| F47 |', '| F48 |', '| F49 |']);
    expect(markdown).toContain('\n… 28 more\n');
    expect(markdown).toContain('-o report.html');
  });

  it('leaves out findings that the baseline knows, and says so', async () => {
    const baseline = { file: 'baseline.txt', known: 10, new: 31, gone: 0 };
    const findings = CASES.many.findings.map((each) =>
      each.rule === 'deal/dormant' ? { ...each, known: true as const } : each,
    );
    const markdown = await renderedText({ ...CASES.many, baseline, findings }, 'markdown');
    expect(markdown).not.toContain('<summary>! deal/dormant');
    expect(markdown).toContain('baseline: 10 known, 31 new, 0 gone');
  });

  it('names rules for information apart, as they weigh nothing', async () => {
    const rules = [ruleOf('a/fails', 'fail'), ruleOf('b/told', 'warn', { severity: 'info' })];
    const markdown = await renderedText(reportOf({ rules, findings: [findingOf('b/told', 3)] }), 'markdown');
    expect(markdown).toContain('For information: b/told 31');
    expect(markdown).not.toContain('| ! b/told');
  });

  it('counts the stages of a rule for information that is judged by them', async () => {
    const counts = { checked: 4, violating: 0, unknown: 0, filteredOut: 0, excepted: 0 };
    const segment = { segment: 'demo', verdict: 'warn', counts, figure: null, amount: {} } as const;
    const rule = ruleOf('b/small', 'warn', { severity: 'info', parts: 'stage', counts, segments: [segment] });
    const markdown = await renderedText(reportOf({ rules: [rule], findings: [] }), 'markdown');
    expect(markdown).toContain('For information: b/small 1 of 1 stages');
  });

  it('shows the first fifteen rules and counts the rest', async () => {
    const ids = Array.from({ length: 40 }, (_, index) => `a/rule-${String(index).padStart(2, '0')}`);
    const rules = ids.map((id) => ruleOf(id, 'fail'));
    const markdown = await renderedText(reportOf({ rules, findings: ids.map((id) => findingOf(id, 2)) }), 'markdown');
    expect(markdown.match(/^\| ✖ a\/rule-/gm)).toHaveLength(15);
    expect(markdown).toContain('… 25 more rules');
  });

  it('has the funnel and the key figures with their bases', async () => {
    const markdown = await renderedText(await auditSample('salesforce'), 'markdown');
    expect(markdown).toMatch(/\| Negotiation\/Review \| █+ \| 18 \| \$350k \|/);
    expect(markdown).toMatch(/- \*\*Completeness\*\* {2}240 of 252 \(95\.2%\)/);
    expect(markdown).toMatch(/\*\*Health \d+ of 100 \(\d+% measured\)\*\*/);
    expectSound(markdown);
  });

  it('stays below what a comment may be, whatever the report', async () => {
    const long = '<|`*_@#['.repeat(5_000);
    const text = { en: long, zh: long };
    const ids = Array.from({ length: 300 }, (_, index) => `a/${index}/${long.slice(0, 400)}`);
    const rules = ids.map((id) => ruleOf(id, 'fail', { title: text, advice: text }));
    const finding = {
      name: long,
      owner: long,
      args: { cell: long },
      at: { file: long, sheet: long, cell: 'F1', line: 1 },
    };
    const findings = ids.flatMap((id) => [findingOf(id, 1, finding), findingOf(id, 2, finding)]);
    const report: AuditReport = {
      ...reportOf({ rules, findings, file: long }),
      name: text,
      faults: Array.from({ length: 300 }, () => ({ where: long, message: long, stack: null })),
    };
    const markdown = await renderedText(report, 'markdown');
    expect(markdown.length).toBeLessThan(60_000);
    expectSound(markdown);
    expect(markdown).toContain('cut to fit a comment');
  });

  it('draws the page that was asked for', async () => {
    const markdown = await renderedText(await auditSample('salesforce'), 'markdown', { view: 'scorecard' });
    expect(markdown).toMatch(/^## .*scorecards/m);
    expect(markdown).not.toContain('<details>');
    expect(markdown.length).toBeLessThan(60_000);
    expectSound(markdown);
  });

  it('says that there was nothing to check', async () => {
    const [input] = CASES.clean.inputs;
    const rows = { read: 0, audited: 0, setAside: 0, blank: 0 };
    const report = { ...CASES.clean, inputs: input === undefined ? [] : [{ ...input, rows }] };
    const markdown = await renderedText(report, 'markdown');
    expect(markdown).toContain('no deals in exports/opps.csv: nothing was checked');
    expect(markdown).not.toMatch(/passing|gate/);
  });
});

describe('blocks as Markdown', () => {
  const draw = (document: Document, room = 60_000): string => documentMarkdown(document, 'en', room);

  it('are headings from the second level, alerts, lists and tables', () => {
    const table: Block = {
      type: 'table',
      columns: [
        { title: 'Stage', align: 'left', priority: 0 },
        { title: 'n', align: 'right', priority: 0, note: 'deals now' },
      ],
      rows: [
        ['Lead', '3'],
        ['a | b', [span('4', 'muted')]],
      ],
      caption: 'by stage',
    };
    const document: Document = [heading(1, 'Title'), callout('warn', 'mind'), callout('muted', 'aside'), table];
    expect(draw([...document, { type: 'list', items: ['one', [span('two', 'strong'), ' more']] }])).toBe(
      [
        '## Title',
        '',
        '> [!WARNING]',
        '> mind',
        '',
        '> aside',
        '',
        '| Stage | n |',
        '| --- | ---: |',
        '| Lead | 3 |',
        '| a &#124; b | 4 |',
        '',
        'by stage',
        '',
        'n: deals now',
        '',
        '- one',
        '- **two** more',
        '',
      ].join('\n'),
    );
  });

  it('draw bars as text, with their intervals', () => {
    const rows = [
      { label: 'a', value: 20, low: 10, high: 40, text: '20' },
      { label: 'b', value: null, text: 'n/a' },
    ];
    expect(draw([{ type: 'bars', rows }])).toContain('| a | ████▓▓▓▓░░░░░░░░ | 20 |\n| b |  | n/a |\n\n█ low end');
  });

  it('show a chart as its table', () => {
    const table: Block = { type: 'table', columns: [{ title: 'n', align: 'left', priority: 0 }], rows: [['3']] };
    const chart = { type: 'funnel', rows: [{ label: 'a', value: 3, text: '3' }] } as const;
    expect(draw([{ type: 'chart', title: 'Funnel', description: 'x', chart, table }])).toBe(
      '**Funnel**\n\n| n |\n| --- |\n| 3 |\n',
    );
  });

  it('are cut at a line, and a table keeps its titles or goes', () => {
    const columns = [{ title: 'n', align: 'left', priority: 0 }] as const;
    const table: Block = { type: 'table', columns, rows: Array.from({ length: 100 }, (_, n) => [String(n)]) };
    const cut = draw([paragraph('above'), table, paragraph('below')], 200);
    expect(cut.length).toBeLessThanOrEqual(200);
    expect(cut).toMatch(/^above\n\n\| n \|\n\| --- \|\n\| 0 \|\n[\s\S]*\n\n… cut to fit a comment/);
    expect(cut).not.toContain('below');
    expect(draw([paragraph('above'), table], 75)).not.toContain('| n |');
  });
});

describe('text in Markdown', () => {
  it.each([
    ['a | b', 'a &#124; b'],
    ['`code`', '\\`code\\`'],
    ['*x* _y_ ~z~', '\\*x\\* \\_y\\_ \\~z\\~'],
    ['[x](javascript:alert(1))', '\\[x\\](javascript:alert(1))'],
    ['![x](y)', '!\\[x\\](y)'],
    ['<b>&amp;', '&lt;b&gt;&amp;amp;'],
    ['@everyone', '@&#8203;everyone'],
    ['a@b.example', 'a@&#8203;b.example'],
    ['fixes #12 and !34', 'fixes \\#&#8203;12 and !&#8203;34'],
    ['C#', 'C\\#'],
    ['GH-12', 'GH&#8203;-12'],
    ['http://x.example www.x.example', 'http:&#8203;//x.example www&#8203;.x.example'],
    ['HTTPS://x WWW.x', 'HTTPS:&#8203;//x WWW&#8203;.x'],
    [':smile: at 15:05:29', ':&#8203;smile: at 15:05:29'],
    ['$x$ for $5', '&#36;x&#36; for $5'],
    ['C:\\Users\\x', 'C:\\\\Users\\\\x'],
    ['a\nb\tc', 'a↵b c'],
    ['北京（星河）', '北京（星河）'],
  ])('%j is %j', (text, markdown) => {
    expect(markdownText(text)).toBe(markdown);
  });

  it.each([
    ['- a', '\\- a'],
    ['+ a', '\\+ a'],
    ['= a', '\\= a'],
    ['---', '\\---'],
    ['# a', '\\# a'],
    ['1. a', '1\\. a'],
    ['12) a', '12\\) a'],
    ['::warning file=a,line=1::y', '\\::warning file=a,line=1::y'],
    ['    code', 'code'],
    ['2026-06-30', '2026-06-30'],
  ])('%j at the beginning of a line is %j', (text, markdown) => {
    expect(lineMarkdown(text)).toBe(markdown);
  });

  it('is bold only where the asterisks count', () => {
    const bold = (before: string, text: string, after: string): string =>
      inlineMarkdown([before, span(text, 'strong'), after] as Inline);
    expect(bold('a', 'b', 'c')).toBe('a**b**c');
    expect(bold('', 'Health 83 (70%)', '  x')).toBe('**Health 83 (70%)**  x');
    expect(bold('', 'Win rate  ', 'x')).toBe('**Win rate**  x');
    expect(bold('', '健康分（覆盖）', '其余')).toBe('健康分（覆盖）其余');
  });

  it('cannot open anything in a tag either', () => {
    expect(htmlText('</summary><b> & "#1 @me http://x')).toBe(
      '&#60;/summary&#62;&#60;b&#62; &#38; &#34;#&#8203;1 @&#8203;me http:&#8203;//x',
    );
  });

  it('has no active character left of any text', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        ...HOSTILE,
        '|',
        '`',
        '*',
        '_',
        '[',
        ']',
        '<',
        '>',
        '&',
        '@',
        '#',
        '\\',
        '$',
        ':',
        '//',
        '\n',
        '~',
      ),
    );
    const texts = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(texts, (text) => {
        const line = lineMarkdown(text);
        const bare = line.replace(/\\[!-/:-@[-`{-~]/g, '').replace(/&(?:amp|lt|gt|#124|#36|#8203);/g, '\u0001');
        expect(bare).not.toMatch(/[<>|`*_[\]~\n\r\\]|&|@(?!\u0001)|:\/\//);
        expect(line).not.toMatch(/^(?:[-+=:#]|\d+[.)])/);
      }),
      { numRuns: 500 },
    );
  });
});
