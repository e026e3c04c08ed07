/** A line of its own that stands for any number of lines, none included. */
const ANY_LINES = '…';
/** Stands for any text within a line. */
const ANY_TEXT = '[..]';

/**
 * The first line of the expected output that the actual one does not have in its place, null when they agree. `…` alone
 * on a line and `[..]` within one leave something open.
 */
export function unmetLine(actual: string, expected: string): string | null {
  const lines = actual.split('\n');
  // reachable[index]: the expected lines so far can end before the actual line at that index.
  let reachable = Array.from({ length: lines.length + 1 }, (_, index) => index === 0);
  for (const line of expected.split('\n')) {
    reachable = afterLine(reachable, lines, line);
    if (!reachable.includes(true)) return line;
  }
  return reachable[lines.length] === true ? null : '(the end)';
}

function afterLine(reachable: readonly boolean[], lines: readonly string[], expected: string): boolean[] {
  const next = reachable.map(() => false);
  let before = false;
  for (const [index, reached] of reachable.entries()) {
    before ||= reached;
    if (expected.trim() === ANY_LINES) next[index] = before;
    else if (reached && index < lines.length && matchesLine(lines[index] ?? '', expected)) next[index + 1] = true;
  }
  return next;
}

function matchesLine(line: string, expected: string): boolean {
  if (!expected.includes(ANY_TEXT)) return line === expected;
  const [first = '', ...parts] = expected.split(ANY_TEXT);
  const last = parts.pop() ?? '';
  if (!line.startsWith(first)) return false;
  let at = first.length;
  for (const part of parts) {
    const found = line.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return line.length - last.length >= at && line.endsWith(last);
}
