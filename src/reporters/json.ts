import type { Reporter } from './reporter.ts';

/** Characters JSON allows raw but a terminal may act on: DEL, C1, line separators, bidirectional controls. */
const UNSAFE_RAW = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

const reporter: Reporter = {
  format: 'json',
  extensions: ['json'],
  render: (report) => `${JSON.stringify(report, null, 2).replace(UNSAFE_RAW, escaped)}\n`,
};

export default reporter;
