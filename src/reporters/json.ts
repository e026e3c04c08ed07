import type { AuditReport } from '../report/report.ts';
import type { Reporter } from './reporter.ts';

/** Characters JSON allows raw but a terminal may act on: DEL, C1, line separators, bidirectional controls. */
const UNSAFE_RAW = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Indented JSON without a raw character that a terminal may act on. */
export function safeJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(UNSAFE_RAW, escaped);
}

/** JSON moved to the right, all but its first line. */
export function indented(json: string, spaces: number): string {
  return json.replaceAll('\n', `\n${' '.repeat(spaces)}`);
}

/** One piece a finding: with a million of them the text is longer than a string can be. */
function* findingPieces(findings: AuditReport['findings']): Generator<string> {
  if (findings.length === 0) {
    yield '[]';
    return;
  }
  yield '[';
  for (const [index, finding] of findings.entries()) {
    yield `${index === 0 ? '' : ','}\n    ${indented(safeJson(finding), 4)}`;
  }
  yield '\n  ]';
}

/** One line a column: a value a line would make the deals by far the longest part of a report. */
function* dealPieces(deals: NonNullable<AuditReport['deals']>): Generator<string> {
  yield '{';
  for (const [index, [key, column]] of Object.entries(deals).entries()) {
    const values = JSON.stringify(column).replace(UNSAFE_RAW, escaped);
    yield `${index === 0 ? '' : ','}\n    ${JSON.stringify(key)}: ${values}`;
  }
  yield '\n  }';
}

/** The same as `JSON.stringify(report, null, 2)` but for the deals, in pieces. */
export function* jsonPieces(report: AuditReport): Generator<string> {
  const entries = Object.entries(report);
  yield '{';
  for (const [index, [key, value]] of entries.entries()) {
    yield `${index === 0 ? '' : ','}\n  ${JSON.stringify(key)}: `;
    if (key === 'findings') yield* findingPieces(report.findings);
    else if (key === 'deals' && report.deals !== undefined) yield* dealPieces(report.deals);
    else yield indented(safeJson(value), 2);
  }
  yield '\n}\n';
}

const reporter: Reporter = { format: 'json', render: jsonPieces };

export default reporter;
