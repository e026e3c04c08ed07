import { type Content, html } from './markup.ts';

/** Advice with what it has between backticks, such as a key of the rules file, set as code. */
export function adviceContent(text: string): Content {
  const parts = text.split(/`([^`]+)`/);
  return parts.map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part));
}
