import { createHash } from 'node:crypto';
import type { Lang } from '../../i18n/text.ts';
import { html, type Markup, trusted } from './markup.ts';
import { COLOURS } from './style/colours.ts';
import { MEDIA } from './style/media.ts';
import { PAGE } from './style/page.ts';
import { PARTS } from './style/parts.ts';

const STYLE = [COLOURS, PAGE, PARTS, MEDIA].join('');

const LANG_TAGS: Readonly<Record<Lang, string>> = { en: 'en', zh: 'zh-CN' };

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** Nothing may be loaded, and nothing may run or style the page but what it came with. */
function contentPolicy(script: string | null): string {
  return [
    "default-src 'none'",
    `style-src ${hashOf(STYLE)}`,
    ...(script === null ? [] : [`script-src ${hashOf(script)}`]),
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

interface Shell {
  readonly title: string;
  readonly lang: Lang;
  readonly body: Markup;
  /** Null where there is nothing for a script to do. */
  readonly script: string | null;
}

/** A whole file around what stands in it. */
export function shellMarkup({ title, lang, body, script }: Shell): Markup {
  return html`<!doctype html>
<html lang="${LANG_TAGS[lang]}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(contentPolicy(script))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${trusted(STYLE)}</style>
</head>
<body>
${body}
${script === null ? null : html`<script>${trusted(script)}</script>`}
</body>
</html>
`;
}
