import type { Lang, Text } from '../i18n/text.ts';

/** A mistake in a rules file, with the place it stands at. */
export interface Diagnostic {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in characters. */
  readonly column: number;
  /** Characters to underline, at least 1. */
  readonly length: number;
  /** The line of the file, for showing. */
  readonly sourceLine: string;
  readonly severity: 'error' | 'warning';
  readonly message: Text;
}

/** The rules file (or files) cannot be used; holds every mistake found, in order of place. */
export class RulesetError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(formatDiagnostics(diagnostics, 'en'));
    this.name = 'RulesetError';
    this.diagnostics = diagnostics;
  }
}

const WORDS: Readonly<Record<Diagnostic['severity'], Text>> = {
  error: { en: 'error', zh: '错误' },
  warning: { en: 'warning', zh: '警告' },
};

/** Width of a character on screen, for placing the caret under Chinese text. */
function caretPadding(text: string): string {
  return [...text]
    .map((character) => (character === '\t' ? '\t' : (character.codePointAt(0) as number) >= 0x1100 ? '  ' : ' '))
    .join('');
}

/** Characters of a source line shown around a mistake. */
const MOST_BEFORE = 60;
const MOST_SHOWN = 140;

/** `file:line:column  error  message`, the source line and a caret. */
export function formatDiagnostic(diagnostic: Diagnostic, lang: Lang): string {
  const { file, line, column, length, sourceLine, severity, message } = diagnostic;
  const gutter = String(line).padStart(5);
  const start = Math.max(0, column - 1 - MOST_BEFORE);
  const shown = sourceLine.slice(start, start + MOST_SHOWN);
  const before = sourceLine.slice(start, column - 1);
  const marked = sourceLine.slice(column - 1, Math.min(column - 1 + length, start + MOST_SHOWN));
  const caret = caretPadding(before) + '^'.repeat(Math.max(1, caretPadding(marked).length));
  return [
    `${file}:${line}:${column}  ${WORDS[severity][lang]}  ${message[lang]}`,
    `${gutter} | ${shown}`,
    `${' '.repeat(gutter.length)} | ${caret}`,
  ].join('\n');
}

/** All of them, a blank line between. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[], lang: Lang): string {
  return diagnostics.map((diagnostic) => formatDiagnostic(diagnostic, lang)).join('\n\n');
}
