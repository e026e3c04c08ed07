import { safeText } from '../i18n/safe-text.ts';
import { type Inline, spansOf, type Tone } from '../report/document.ts';

/** Shows nothing, and keeps apart what a page would take for a mention, a reference or a link. */
const APART = '&#8203;';

/**
 * Everything that Markdown, or the page that shows it, makes something of: tags and entities, cells, emphasis, code,
 * links, formulas, mentions, references, `www.`, `http://` and `:smile:`.
 */
const ACTIVE = /[&<>|\\`*_[\]~#@]|\$(?!\d)|!(?=\d)|:(?=\/\/|[\w+-]{1,60}:)|\bwww(?=\.)|\bGH(?=-\d)/gi;

/** What opens a list, a rule, a heading or a command to a CI runner where a line begins with it. */
const OPENING = /^([-+=:]|\d+(?=[.)]))/;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  // A backslash before it is read differently by parsers of tables.
  '|': '&#124;',
  $: '&#36;',
};

/** The minutes of `15:05:29`, which are no smile. */
const TIME = /^:\d\d:$/;

function harmless(active: string, at: number, text: string): string {
  const entity = ENTITIES[active];
  if (entity !== undefined) return entity;
  if (active === ':' && TIME.test(text.slice(at, at + 4))) return active;
  if (active === '#') return /\w/.test(text[at + 1] ?? '') ? `\\#${APART}` : '\\#';
  return /^(?:[@!:]|www|GH)$/i.test(active) ? active + APART : `\\${active}`;
}

/** A text as one line of Markdown that reads as the text does and is nothing else. */
export function markdownText(text: string): string {
  return safeText(text).replace(ACTIVE, harmless);
}

/** What has to stand apart or be spelled where a line is read as HTML. */
const ACTIVE_IN_HTML = /[&<>"'#@]|!(?=\d)|:(?=\/\/|[\w+-]{1,60}:)|\bwww(?=\.)|\bGH(?=-\d)/gi;

/** A text as one line inside an HTML tag of a Markdown page, which reads neither emphasis nor escapes there. */
export function htmlText(text: string): string {
  return safeText(text).replace(ACTIVE_IN_HTML, (active) =>
    /["'&<>]/.test(active) ? `&#${active.charCodeAt(0)};` : active + APART,
  );
}

const BOLD: ReadonlySet<Tone> = new Set(['strong', 'bad']);
const EDGE = /^(?:$|\s)/;

function hasWordEdges(text: string): boolean {
  return /^[\p{L}\p{N}](?:.*[\p{L}\p{N}])?$/u.test(text);
}

/** Asterisks beside punctuation count only where a space stands on their other side. */
function bold(text: string, before: string, after: string): string {
  const [, left = '', inner = '', right = ''] = /^(\s*)(.*?)(\s*)$/.exec(text) ?? [];
  const isFree = EDGE.test((left || before).slice(-1)) && EDGE.test((right || after).slice(0, 1));
  if (inner === '' || !(isFree || hasWordEdges(inner))) return markdownText(text);
  return `${left}**${markdownText(inner)}**${right}`;
}

/** Inline text as one line of Markdown, for the cell of a table or behind other text. */
export function inlineMarkdown(inline: Inline): string {
  const spans = spansOf(inline);
  const parts = spans.map(({ text, tone = 'plain' }, index) => {
    if (!BOLD.has(tone)) return markdownText(text);
    return bold(safeText(text), spans[index - 1]?.text ?? '', spans[index + 1]?.text ?? '');
  });
  return parts.join('').trim();
}

/** Inline text as one line of Markdown where a line may begin. */
export function lineMarkdown(inline: Inline): string {
  return inlineMarkdown(inline).replace(OPENING, (opening) => (/\d/.test(opening) ? `${opening}\\` : `\\${opening}`));
}
