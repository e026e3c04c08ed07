import { say } from '../i18n/text.ts';
import type { Translator } from '../i18n/translator.ts';
import { type CommentDocument, commentDocument, type Details } from '../report/comment-document.ts';
import { documentMarkdown } from './markdown-blocks.ts';
import { htmlText, lineMarkdown } from './markdown-text.ts';
import type { Reporter } from './reporter.ts';

/** GitHub cuts a comment at 65,536 characters; whoever posts it may want to say something as well. */
const MOST_CHARACTERS = 60_000;
const HEAD_CHARACTERS = 24_000;
const TAIL_CHARACTERS = 12_000;

const LEFT_OUT_ONE = say('… findings of 1 more rule have no room here', '… 另有 1 条规则的问题此处放不下');
const LEFT_OUT = say('… findings of {n} more rules have no room here', '… 另有 {n} 条规则的问题此处放不下');

function detailsMarkdown({ summary, blocks }: Details, translator: Translator): string {
  const inner = documentMarkdown(blocks, translator.lang, HEAD_CHARACTERS);
  // The summary is inside a tag, where Markdown is not read.
  return `<details><summary>${htmlText(summary)}</summary>\n\n${inner}\n</details>\n`;
}

/** As many details as have room, and a line on those that have none. */
function detailsWithin(details: readonly Details[], room: number, translator: Translator): string {
  const leftOut = (n: number): string => {
    const text = n === 1 ? translator.text(LEFT_OUT_ONE) : translator.text(LEFT_OUT, { n });
    return `${lineMarkdown(text)}\n`;
  };
  let drawn = '';
  for (const [index, each] of details.entries()) {
    const next = detailsMarkdown(each, translator);
    const rest = leftOut(details.length - index);
    if (drawn.length + next.length + rest.length > room) return `${drawn}\n${rest}`;
    drawn += next;
  }
  return drawn;
}

function commentMarkdown({ head, details, tail }: CommentDocument, translator: Translator): string {
  const { lang } = translator;
  const above = documentMarkdown(head, lang, HEAD_CHARACTERS);
  const below = documentMarkdown(tail, lang, TAIL_CHARACTERS);
  const between = detailsWithin(details, MOST_CHARACTERS - above.length - below.length - 10, translator);
  return [above, between, below].filter((part) => part !== '').join('\n');
}

const reporter: Reporter = {
  format: 'markdown',
  render(report, { lang, view, document, viewContext }) {
    if (view !== null) return documentMarkdown(document(), lang, MOST_CHARACTERS);
    const { translator } = viewContext;
    return commentMarkdown(commentDocument(report, translator), translator);
  },
};

export default reporter;
