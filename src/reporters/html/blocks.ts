import type { Block, CalloutBlock, HeadingBlock } from '../../report/document.ts';
import { barsMarkup } from './bars.ts';
import { figureMarkup } from './figure.ts';
import { inlineMarkup, TONE_CLASS } from './inline.ts';
import { MARKS } from './marks.ts';
import { html, type Markup, trusted } from './markup.ts';
import type { Scene } from './scene.ts';
import { tableMarkup } from './table.ts';

const DEEPEST = 6;

/** Levels for the headings of a part whose own heading has `above`: none is left out on the way down. */
function headingLevels(blocks: readonly Block[], above: number): Map<HeadingBlock, number> {
  const headings = blocks.filter((block) => block.type === 'heading');
  const highest = Math.min(...headings.map(({ level }) => level));
  const levels = new Map<HeadingBlock, number>();
  let last = above;
  for (const heading of headings) {
    last = Math.min(last + 1, above + 1 + heading.level - highest, DEEPEST);
    levels.set(heading, last);
  }
  return levels;
}

function calloutMarkup({ tone, text }: CalloutBlock): Markup {
  const mark = html`<span class="mark" aria-hidden="true">${MARKS[tone]}</span>`;
  return html`<p class="callout ${TONE_CLASS[tone]}">${mark}<span>${inlineMarkup(text)}</span></p>`;
}

function indented(block: { readonly indent?: number }): string {
  return (block.indent ?? 0) > 0 ? 'indented' : 'flush';
}

function blockMarkup(block: Exclude<Block, HeadingBlock>, scene: Scene): Markup {
  switch (block.type) {
    case 'paragraph':
      return html`<p class="${indented(block)}">${inlineMarkup(block.text)}</p>`;
    case 'list':
      return html`<ul class="${indented(block)}">${block.items.map((item) => html`<li>${inlineMarkup(item)}</li>`)}</ul>`;
    case 'table':
      return tableMarkup(block, scene);
    case 'bars':
      return barsMarkup(block, scene);
    case 'callout':
      return calloutMarkup(block);
    case 'chart':
      return figureMarkup(block, scene);
  }
}

/** Blocks of a document below a heading of level `above`. */
export function blocksMarkup(blocks: readonly Block[], above: number, scene: Scene): Markup {
  const levels = headingLevels(blocks, above);
  return html`${blocks.map((block) => {
    if (block.type !== 'heading') return html`${blockMarkup(block, scene)}\n`;
    const tag = trusted(`h${levels.get(block) ?? above + 1}`);
    return html`<${tag}>${inlineMarkup(block.text)}</${tag}>\n`;
  })}`;
}
