import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { safeText } from '../../../src/i18n/safe-text.ts';
import type { Lang } from '../../../src/i18n/text.ts';
import { createTranslator } from '../../../src/i18n/translator.ts';
import { pageHtml } from '../../../src/reporters/html/whole-page.ts';
import { CASES, HOSTILE } from '../cases.ts';
import { renderedText } from '../rendered.ts';
import { fakePage } from './fake-page.ts';
import { parseHtml } from './parsed.ts';

const LANGS = ['en', 'zh'] as const satisfies readonly Lang[];
const NAMES = Object.keys(CASES) as (keyof typeof CASES)[];
const EVERY = NAMES.flatMap((name) => LANGS.map((lang) => [name, lang] as const));

function fakeHtml(word: string, lang: Lang = 'en'): string {
  return pageHtml(CASES.many, fakePage(word), createTranslator(lang, CASES.many.labels));
}

function expectSafe(html: string, scripts = 1): void {
  const { elements, style, script } = parseHtml(html);
  expect(elements.filter(({ tag }) => tag === 'script')).toHaveLength(scripts);
  expect(elements.filter(({ tag }) => tag === 'style')).toHaveLength(1);
  for (const { tag, attributes } of elements) {
    expect(['img', 'iframe', 'object', 'embed', 'base', 'image', 'use', 'foreignobject']).not.toContain(tag);
    for (const [name, value] of Object.entries(attributes)) {
      expect(name).not.toMatch(/^(?:on|style$|src|srcset|action|formaction|xlink)/);
      if (name === 'href') expect(value).toMatch(/^(?:#[a-z-]+\d*|data:,)$/);
    }
  }
  const policy = elements.find(({ attributes }) => attributes['http-equiv'] !== undefined)?.attributes['content'] ?? '';
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  expect(policy.split('; ')).toEqual([
    "default-src 'none'",
    `style-src ${hash(style)}`,
    ...(scripts === 0 ? [] : [`script-src ${hash(script)}`]),
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ]);
  expect(style).not.toMatch(/url\(|@import/);
  const ids = elements.flatMap(({ attributes: { id } }) => (id === undefined ? [] : [id]));
  expect(new Set(ids).size).toBe(ids.length);
  const named = elements.flatMap(({ attributes }) => attributes['aria-labelledby']?.split(' ') ?? []);
  for (const id of named) expect(ids).toContain(id);
}

describe('every report', () => {
  it.each(EVERY)('%s in %s loads nothing, runs nothing of its data, and keeps its policy', async (name, lang) => {
    expectSafe(await renderedText(CASES[name], 'html', { lang }));
  });

  it.each(EVERY)(
    '%s in %s is the same twice, and one line of text holds no character that acts',
    async (name, lang) => {
      const html = await renderedText(CASES[name], 'html', { lang });
      expect(await renderedText(CASES[name], 'html', { lang })).toBe(html);
      expect(html).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e]|\p{Cs}/u);
    },
  );
});

describe('a page of every block', () => {
  it.each(HOSTILE)('shows %j as text', (word) => {
    const html = fakeHtml(word);
    expectSafe(html);
    const shown = parseHtml(html).text;
    expect(shown.split(safeText(word)).length).toBeGreaterThan(20);
  });

  it('is the same twice in one process', () => {
    expect(fakeHtml('word')).toBe(fakeHtml('word'));
  });

  it('leaves out no level of headings', () => {
    const levels = parseHtml(fakeHtml('word')).elements.flatMap(({ tag }) =>
      /^h\d$/.test(tag) ? [Number(tag[1])] : [],
    );
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.reduce((before, level) => {
      expect(level).toBeLessThanOrEqual(before + 1);
      return level;
    }, 0);
  });

  it('closes what is only looked up, and each table beside a chart', () => {
    const html = fakeHtml('word');
    expect(html.match(/<details(?: class="brief")?>/g)).toHaveLength(1 + 6);
    expect(html).not.toContain('<details open');
  });

  it('speaks Chinese in Chinese', () => {
    const { elements, text } = parseHtml(fakeHtml('词', 'zh'));
    expect(elements[0]?.attributes['lang'] ?? elements[1]?.attributes['lang']).toBe('zh-CN');
    for (const word of ['Findings', 'Severity', 'Owner', 'Search', 'shown', 'Health score', 'figures as a table']) {
      expect(text).not.toContain(word);
    }
    for (const word of ['问题清单', '严重程度', '负责人', '搜索', '健康分', '以表格查看数据'])
      expect(text).toContain(word);
  });
});

describe('a view', () => {
  it('is the document of that view under one title', async () => {
    const html = await renderedText(CASES.many, 'html', { view: 'standup' });
    expectSafe(html, 0);
    expect(html.match(/<h1>/g)).toHaveLength(1);
    expect(html).not.toContain('findings-table');
  });
});

describe('the table of findings', () => {
  it('tells the severity, rule, deal, owner, cell, message, advice and amount of each', async () => {
    const html = await renderedText(CASES.one, 'html', { lang: 'en' });
    const [row = ''] = /<tr role="row" data-r[\s\S]*?<\/tr>/.exec(html) ?? [];
    const { text } = parseHtml(row);
    expect(text).toContain('✖ error');
    expect(text).toContain('Open deals close in the future date/close-past-due');
    expect(text).toContain('Quarrystone Marine 47 0065g000047');
    expect(text).toContain('Priya Venkat');
    expect(text).toContain('Close date 2026-06-30, which is past');
    expect(text).toContain('Agree a new date with the customer, or close the deal.');
    expect(text).toContain('F47');
    expect(text).toContain('$12.5k');
  });

  it('marks what the baseline knows only where there is one', async () => {
    const baseline = { file: 'baseline.txt', known: 9, new: 32, gone: 0 };
    const marked = await renderedText({ ...CASES.many, baseline }, 'html', { lang: 'en' });
    expect(marked.match(/<small>known<\/small>/g)).toHaveLength(9);
    expect(marked.match(/<small>new<\/small>/g)).toHaveLength(32);
    expect(marked).toContain('name="state"');
    const unmarked = await renderedText(CASES.many, 'html', { lang: 'en' });
    expect(unmarked).not.toContain('<small>known</small>');
    expect(unmarked).not.toContain('name="state"');
  });

  it('holds no table where nothing was found', async () => {
    expect(await renderedText(CASES.clean, 'html', { lang: 'en' })).not.toContain('<table id="findings-table"');
  });
});
