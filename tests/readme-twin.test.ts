import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const NAMES = ['README.md', 'README.zh-CN.md'] as const;

interface Block {
  readonly language: string;
  readonly code: string;
  /** The comment in the line above, such as the command of a transcript. */
  readonly mark: string;
}

/** What stands under one heading, until the next of any level. */
interface Section {
  readonly heading: string;
  readonly level: number;
  readonly prose: string;
  readonly blocks: readonly Block[];
}

const FENCED = /(?:<!-- (.*?) -->\n)?```(\w*)\n([\s\S]*?)```/g;

function sectionsOf(readme: string): readonly Section[] {
  const blocks: Block[] = [];
  // A `#` in a block is no heading, so blocks are put aside while headings are looked for.
  const prose = readme.replace(FENCED, (_, mark: string | undefined, language: string, code: string) => {
    blocks.push({ language, code, mark: mark ?? '' });
    return `\u0000${blocks.length - 1}\u0000`;
  });
  return prose.split(/^(?=#+ )/m).map((text) => ({
    heading: text.split('\n', 1)[0] ?? '',
    level: text.search(/[^#]/),
    prose: text.replace(/\u0000\d+\u0000/g, ''),
    blocks: [...text.matchAll(/\u0000(\d+)\u0000/g)].map(([, index]) => blocks[Number(index)] as Block),
  }));
}

const [ENGLISH, CHINESE] = NAMES.map((name) => readFileSync(join(ROOT, name), 'utf8')) as [string, string];
const SECTIONS = sectionsOf(ENGLISH);
const TWINS = sectionsOf(CHINESE);

const MISSING: Section = { heading: 'a heading that is missing', level: 0, prose: '', blocks: [] };

const PAIRS = SECTIONS.map((section, index) => ({
  heading: section.heading,
  section,
  twin: TWINS[index] ?? MISSING,
}));

/** Code without what may differ: comments, and the flag for Chinese. */
function bareCode({ language, code }: Block): unknown {
  const said = code.replaceAll(' --lang zh', '');
  if (language === 'yaml' || language === 'yml') return parse(said);
  const comment = language === 'js' ? /(^|\s+)\/\/.*$/gm : /(^|\s+)#.*$/gm;
  return language === 'text' ? said : said.replace(comment, '');
}

/** The command of a transcript, and whether it is shown from a line of its own. */
function bareMark(mark: string): string {
  return mark
    .replace(' --lang zh', '')
    .replace(/\| from .*? \| \d+|\| \d+/, (shown) => (shown.includes('from') ? '| from a line' : '| from the top'));
}

const isTranscript = (block: Block): boolean => block.mark.startsWith('transcript: ');

function spansOf(prose: string): readonly string[] {
  return [...prose.matchAll(/`` (.+?)``|`([^`\n]+)`/g)].map(([, double, single]) => (double ?? single) as string);
}

/** Whole spans of one word; of longer ones the flags, file names, paths and rule ids. */
function namesIn(prose: string): readonly string[] {
  const names = spansOf(prose).flatMap((span) =>
    /\s/.test(span) ? (span.match(/(?<!\S)--?[a-z][\w-]*|[\w*-]+(?:[./][\w*-]+)+/g) ?? []) : [span],
  );
  return [...new Set(names)].filter((name) => name !== '--lang').sort();
}

function linksOf(prose: string): readonly string[] {
  return [...prose.matchAll(/(?<!!)\[[^\]]*\]\(([^)]+)\)/g)].map(([, target]) => target as string);
}

/** Pictures, each README's in its own language. */
function picturesOf(prose: string): readonly string[] {
  return [...prose.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, target]) => target as string);
}

/** The tables of a section, each as the number of cells of its rows. */
function tablesOf(prose: string): readonly (readonly number[])[] {
  return [...prose.matchAll(/(?:^\|.*\|$\n?)+/gm)].map(([table]) =>
    table
      .trim()
      .split('\n')
      .map((row) => row.replace(/`[^`]*`/g, '').split('|').length - 2),
  );
}

/** What the one README has and the other lacks, said for whoever has to add it. */
function lacking(pair: (typeof PAIRS)[number], listOf: (prose: string) => readonly string[]): readonly string[] {
  const [english, chinese] = [listOf(pair.section.prose), listOf(pair.twin.prose)];
  const say = (names: readonly string[], has: readonly string[], readme: string, heading: string) =>
    names.filter((name) => !has.includes(name)).map((name) => `${readme} lacks ${name} under “${heading}”`);
  return [
    ...say(english, chinese, 'README.zh-CN.md', pair.twin.heading),
    ...say(chinese, english, 'README.md', pair.heading),
  ];
}

describe('the two READMEs', () => {
  it('have the same headings in level and order', () => {
    const shape = (sections: readonly Section[]) => sections.map(({ level }) => '#'.repeat(level));
    const headings = TWINS.map(({ heading }) => heading).join('\n');
    expect(shape(TWINS), `the headings of README.zh-CN.md:\n${headings}`).toEqual(shape(SECTIONS));
  });

  it('link each other at the top', () => {
    expect(linksOf(SECTIONS[0]?.prose ?? '')[0]).toBe('README.zh-CN.md');
    expect(linksOf(TWINS[0]?.prose ?? '')[0]).toBe('README.md');
  });

  it.each([
    ['README.md', SECTIONS],
    ['README.zh-CN.md', TWINS],
  ])('%s lists its chapters at the top', (_, sections) => {
    const chapters = sections.filter(({ level }) => level === 2).map(({ heading }) => heading.slice(3));
    const anchors = chapters.map(
      (title) =>
        `#${title
          .toLowerCase()
          .replace(/[^\p{L}\p{N} -]/gu, '')
          .replaceAll(' ', '-')}`,
    );
    expect(linksOf(sections[0]?.prose ?? '').filter((target) => target.startsWith('#'))).toEqual(anchors);
  });

  it.each([
    ['README.md', ENGLISH],
    ['README.zh-CN.md', CHINESE],
  ])('%s links files that exist', (_, readme) => {
    const files = linksOf(readme).filter((target) => !/^(?:https:\/\/|#)/.test(target));
    expect(files.length).toBeGreaterThan(5);
    expect([...files, ...picturesOf(readme)].filter((target) => !existsSync(join(ROOT, target)))).toEqual([]);
  });

  it('are written in their language', () => {
    expect(TWINS.filter(({ heading }) => !/\p{Script=Han}|^#+ (?:funnelint|GitHub|GitLab)$/u.test(heading))).toEqual(
      [],
    );
    for (const { heading, prose } of TWINS) {
      expect(prose.match(/\p{Script=Han}[,;:!?](?=\s|\p{Script=Han})/gu), `half-width marks under “${heading}”`).toBe(
        null,
      );
    }
  });
});

describe.each(PAIRS)('$heading', (pair) => {
  const { section, twin } = pair;

  it('has the same blocks, but for comments and the language', () => {
    expect(twin.blocks.map(({ language }) => language)).toEqual(section.blocks.map(({ language }) => language));
    expect(twin.blocks.map(({ mark }) => bareMark(mark))).toEqual(section.blocks.map(({ mark }) => bareMark(mark)));
    for (const [index, block] of section.blocks.entries()) {
      if (!isTranscript(block)) expect(bareCode(twin.blocks[index] as Block)).toEqual(bareCode(block));
    }
  });

  it('names the same flags, formats, files, rules and fields', () => {
    expect(lacking(pair, namesIn)).toEqual([]);
  });

  it('has the same tables and links', () => {
    expect(tablesOf(twin.prose)).toEqual(tablesOf(section.prose));
    if (section.level > 1) expect(lacking(pair, linksOf)).toEqual([]);
    const pictures = picturesOf(twin.prose).map((target) => target.replace('.zh-CN.', '.'));
    expect(pictures).toEqual(picturesOf(section.prose));
  });
});
