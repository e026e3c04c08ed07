import type { Host } from './host.ts';

/**
 * The runner of GitHub Actions reads both streams line by line and obeys what looks like a command: `::name …::` where a
 * line begins, also behind blanks, and `##[name]` anywhere. A cell must not give orders, so such text is torn apart: by
 * a space without width, or in JSON by an escape that reads as the same text. Files are left as they are.
 */
const SEAM = '\u200b';
/** In JSON a number sign stands in texts alone, and no line begins with a text's own characters. */
const JSON_SEAM = '#\\u0023';

/** What a line may begin with before a command: whatever .NET trims, and colours. */
const BLANKS = '(?:[^\\S\\r\\n]|\\u0085|\\u001b\\[[\\d;]*m)*';
const LINE_COMMAND = new RegExp(`(^|[\\r\\n])(${BLANKS}):(?=:)`, 'g');
/** The end of a text that may be the beginning of a command. */
const UNDECIDED = new RegExp(`(?:(?:^|[\\r\\n])${BLANKS}(?:\\u001b(?:\\[[\\d;]*)?|:)?|##?)$`);

type Inert = (text: string) => string;

function inertJson(text: string): string {
  return text.replace(/##(?=\[)/g, JSON_SEAM);
}

/** A text in which no line is a command to the runner. */
export function inertText(text: string): string {
  return text.replace(LINE_COMMAND, `$1$2:${SEAM}`).replace(/##(?=\[)/g, `##${SEAM}`);
}

/** Makes the pieces of one text inert, wherever they are cut. */
export function* inertPieces(pieces: Iterable<string>, isJson: boolean): Generator<string> {
  const inert: Inert = isJson ? inertJson : inertText;
  let held = '';
  // Stands for the line that the piece before broke off in.
  let before = '';
  for (const piece of pieces) {
    const text = before + held + piece;
    held = UNDECIDED.exec(text)?.[0] ?? '';
    const ready = inert(text.slice(0, text.length - held.length)).slice(before.length);
    if (ready === '') continue;
    yield ready;
    before = 'x';
  }
  yield inert(before + held).slice(before.length);
}

/** Whether the runner reads along: `--no-ci` does not keep it from that. */
export function isReadByRunner({ env }: Pick<Host, 'env'>): boolean {
  return env['GITHUB_ACTIONS'] === 'true';
}

/** Says something on stderr that may quote files, rules and command lines. */
export function tellOnStderr(text: string, host: Pick<Host, 'stderr' | 'env'>): void {
  host.stderr.write(isReadByRunner(host) ? inertText(text) : text);
}
