import { type Inline, spansOf, type Tone } from '../../report/document.ts';
import { html, type Markup } from './markup.ts';

/** Class of what has a tone. */
export const TONE_CLASS: Readonly<Record<Tone, string>> = {
  plain: 'plain',
  good: 'good',
  warn: 'warn',
  bad: 'bad',
  muted: 'muted',
  strong: 'strong',
};

/** An inline text; what is said by colour is said by its words too. */
export function inlineMarkup(inline: Inline): Markup {
  return html`${spansOf(inline).map(({ text, tone = 'plain' }) => {
    if (tone === 'plain') return text;
    return tone === 'strong' ? html`<strong>${text}</strong>` : html`<span class="${TONE_CLASS[tone]}">${text}</span>`;
  })}`;
}

/** An inline text without its tones. */
export function plainText(inline: Inline): string {
  return spansOf(inline)
    .map(({ text }) => text)
    .join('');
}
