import { say } from '../../i18n/text.ts';
import type { BarRow, BarsBlock } from '../../report/document.ts';
import { inlineMarkup, TONE_CLASS } from './inline.ts';
import { type Content, html, type Markup } from './markup.ts';
import type { Scene } from './scene.ts';

const LEGEND = say('bar: estimate · line: its interval', '条形：估计值 · 细线：区间');

function scaleOf({ rows, max }: BarsBlock): number {
  const most = max ?? Math.max(0, ...rows.flatMap(({ value, high }) => [value ?? 0, high ?? 0]));
  return most > 0 && Number.isFinite(most) ? most : 1;
}

/** A share of the width, 0–100 with two decimals. */
function percentOf(value: number, scale: number): number {
  return Math.round(Math.min(1, Math.max(0, value / scale)) * 10_000) / 100;
}

function rect(from: number, to: number, y: number, height: number, name: string): Markup {
  const width = Math.round(Math.max(0, to - from) * 100) / 100;
  return html`<rect class="${name}" x="${from}" y="${y}" width="${width}" height="${height}"/>`;
}

/** A bar from 0 to `value`, drawn without a word: the words stand beside it. */
export function barMarkup({ value, tone = 'plain', low, high }: Omit<BarRow, 'label' | 'text'>, scale: number): Markup {
  const shapes: Content[] = [rect(0, 100, 0, 10, 'track')];
  if (value !== null && Number.isFinite(value)) {
    const end = percentOf(value, scale);
    shapes.push(rect(0, value > 0 ? Math.max(end, 0.6) : 0, 0, 10, `bar ${TONE_CLASS[tone]}`));
    if (low !== undefined || high !== undefined) {
      shapes.push(rect(percentOf(low ?? value, scale), percentOf(high ?? value, scale), 4, 2, 'range'));
    }
  }
  return html`<svg class="strip" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">${shapes}</svg>`;
}

/** Labelled bars, one a line. */
export function barsMarkup(block: BarsBlock, { translator }: Scene): Markup {
  const scale = scaleOf(block);
  const hasInterval = block.rows.some(({ low, high }) => low !== undefined || high !== undefined);
  const items = block.rows.map(
    (row) =>
      html`<li><span class="label">${row.label}</span>${barMarkup(row, scale)}<span class="figure">${row.text}</span></li>\n`,
  );
  return html`<ul class="bars">
${items}</ul>
${hasInterval ? html`<p class="note">${block.legend ?? translator.text(LEGEND)}</p>` : null}${
  block.caption === undefined ? null : html`<p class="note">${inlineMarkup(block.caption)}</p>`
}`;
}
