import type {
  Block,
  CalloutBlock,
  Document,
  HeadingBlock,
  ListBlock,
  ParagraphBlock,
  Tone,
} from '../report/document.ts';
import type { Reporter, ReporterContext } from './reporter.ts';
import { barsLines } from './terminal-bars.ts';
import { tableLines } from './terminal-table.ts';
import { type Canvas, createPaint, inlineLines } from './terminal-text.ts';

/** The margin that marks of callouts stand in; all text but headings begins behind it. */
const MARGIN = 2;
const INDENT_STEP = 2;
/** Prose in longer lines is hard to read. */
const LONGEST_PROSE_LINE = 100;
/** Rows of facts are looked through, not read. */
const LONGEST_ROW_OF_FACTS = 140;
const NARROWEST = 24;

const MARKS: Readonly<Record<Tone, string>> = { bad: '✖', warn: '!', good: '✔', muted: '?', plain: '·', strong: '▸' };

function prose(canvas: Canvas, isWide = false): Canvas {
  return { ...canvas, width: Math.min(canvas.width, isWide ? LONGEST_ROW_OF_FACTS : LONGEST_PROSE_LINE) };
}

function headingLines(block: HeadingBlock, canvas: Canvas): string[] {
  return inlineLines(block.text, canvas, 'strong');
}

function paragraphLines(block: ParagraphBlock, canvas: Canvas): string[] {
  return inlineLines(block.text, prose(canvas, block.wide));
}

function hanging(mark: string, lines: readonly string[]): string[] {
  return lines.map((line, index) => (index === 0 ? `${mark} ${line}` : `  ${line}`));
}

function listLines(block: ListBlock, canvas: Canvas): string[] {
  const inner = prose({ ...canvas, width: canvas.width - 2 }, block.wide);
  return block.items.flatMap((item) => hanging('•', inlineLines(item, inner)));
}

function calloutLines(block: CalloutBlock, canvas: Canvas): string[] {
  const mark = canvas.paint(block.tone, MARKS[block.tone]);
  const inner = prose({ ...canvas, width: canvas.width - 2 });
  return hanging(mark, inlineLines(block.text, inner, block.tone === 'muted' ? 'muted' : 'plain'));
}

function linesOf(block: Block, canvas: Canvas): string[] {
  switch (block.type) {
    case 'heading':
      return headingLines(block, canvas);
    case 'paragraph':
      return paragraphLines(block, canvas);
    case 'list':
      return listLines(block, canvas);
    case 'table':
      return tableLines(block, canvas);
    case 'bars':
      return barsLines(block, canvas);
    case 'callout':
      return calloutLines(block, canvas);
    case 'chart':
      return tableLines(block.table, canvas);
  }
}

function indentOf(block: Block): number {
  if (block.type === 'heading') return block.level === 3 ? MARGIN : 0;
  if (block.type === 'chart') return MARGIN;
  const steps = (block.indent ?? 0) * INDENT_STEP;
  return block.type === 'callout' ? steps : MARGIN + steps;
}

/** Headings, and blocks that open a new thought, get air above; what continues the block before it does not. */
function hasBlankLineBefore(block: Block, previous: Block | undefined): boolean {
  if (previous === undefined) return false;
  if (block.type === 'heading') return true;
  if (previous.type === 'heading') return false;
  if (block.type === 'chart') return true;
  if ((block.indent ?? 0) > 0) return false;
  return !(block.type === 'callout' && previous.type === 'callout' && (previous.indent ?? 0) === 0);
}

/** A document as lines of text, at the width and in the colours asked for. */
export function renderDocument(
  document: Document,
  context: Pick<ReporterContext, 'lang' | 'width' | 'colour'>,
): string {
  const paint = createPaint(context.colour);
  const told = new Set<string>();
  const width = Math.max(NARROWEST, context.width);
  const lines: string[] = [];
  document.forEach((block, index) => {
    if (hasBlankLineBefore(block, document[index - 1])) lines.push('');
    const indent = Math.min(indentOf(block), Math.floor(width / 2));
    const margin = ' '.repeat(indent);
    for (const line of linesOf(block, { width: width - indent, lang: context.lang, paint, told })) {
      lines.push(line === '' ? '' : margin + line);
    }
  });
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

const reporter: Reporter = {
  format: 'terminal',
  render: (_report, context) => renderDocument(context.document(), context),
};

export default reporter;
