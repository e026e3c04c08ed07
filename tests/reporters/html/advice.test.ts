import { describe, expect, it } from 'vitest';
import { adviceContent } from '../../../src/reporters/html/advice.ts';
import { html } from '../../../src/reporters/html/markup.ts';

const markupOf = (text: string): string => html`${adviceContent(text)}`.markup;

describe('adviceContent', () => {
  it('sets what stands between backticks as code', () => {
    expect(markupOf('add it to `match` of its stage')).toBe('add it to <code>match</code> of its stage');
  });

  it('escapes both, and leaves a backtick alone that has no partner', () => {
    expect(markupOf('`<b>` & one ` more')).toBe('<code>&lt;b&gt;</code> &amp; one ` more');
  });
});
