/** A file that a scenario starts with. */
export interface ScenarioFile {
  readonly kind: 'file' | 'base64' | 'copy';
  readonly name: string;
  /** How `file` is written: `utf16le`, `bom`, `crlf`, `noeol`, `escapes`. */
  readonly options: readonly string[];
  readonly text: string;
}

/** One command with what it must answer; null where that is left open. */
export interface Step {
  readonly command: string;
  readonly exit: Expectation | null;
  readonly stdout: Expectation | null;
  readonly stderr: Expectation | null;
}

export interface Expectation {
  readonly text: string;
  /** Lines of the scenario file that state it, counted from 0, the end excluded. */
  readonly from: number;
  readonly to: number;
}

export interface Scenario {
  readonly title: string;
  readonly files: readonly ScenarioFile[];
  readonly env: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

interface Section {
  readonly word: string;
  readonly rest: string;
  readonly lines: readonly string[];
  /** First line behind the section's own line. */
  readonly start: number;
}

const SECTION = /^--- (file|base64|copy|env|run|exit|stdout|stderr)(?: (.*))?$/;
const TITLE = /^=== (.+)$/;

/**
 * Reads a scenario file. What stands before the first `=== title` is shared: remarks, then files for every scenario.
 * The sections of a scenario:
 *
 *     --- file NAME [utf16le] [bom] [crlf] [noeol] [escapes]   text that follows, escapes such as \x1b and \u202e read
 *     --- base64 NAME                                          bytes that follow
 *     --- copy PATH [NAME]                                     a file of the project
 *     --- env NAME=VALUE
 *     --- run                                                  one line for the shell; `funnelint` is the built command
 *     --- exit CODE, --- stdout, --- stderr                    `…` alone: any number of lines; `[..]`: any text
 */
export function parseScenarios(text: string): readonly Scenario[] {
  const lines = text.replace(/\n$/, '').split('\n');
  const starts = lines.flatMap((line, index) => (TITLE.test(line) ? [index] : []));
  const shared = sections(lines, 0, starts[0] ?? lines.length).flatMap(fileOf);
  return starts.map((start, index) => {
    const own = sections(lines, start + 1, starts[index + 1] ?? lines.length);
    return {
      title: TITLE.exec(lines[start] ?? '')?.[1] ?? '',
      files: [...shared, ...own.flatMap(fileOf)],
      env: Object.fromEntries(own.flatMap(variableOf)),
      steps: stepsOf(own),
    };
  });
}

function sections(lines: readonly string[], from: number, to: number): readonly Section[] {
  const heads = lines.flatMap((line, index) => (index >= from && index < to && SECTION.test(line) ? [index] : []));
  return heads.map((head, index) => {
    const [, word = '', rest = ''] = SECTION.exec(lines[head] ?? '') ?? [];
    return { word, rest, start: head + 1, lines: lines.slice(head + 1, heads[index + 1] ?? to) };
  });
}

function fileOf({ word, rest, lines }: Section): readonly ScenarioFile[] {
  if (word !== 'file' && word !== 'base64' && word !== 'copy') return [];
  const [name = '', ...options] = rest.split(' ');
  return [{ kind: word, name, options, text: lines.map((line) => `${line}\n`).join('') }];
}

function variableOf({ word, rest }: Section): readonly (readonly [string, string])[] {
  const equals = rest.indexOf('=');
  return word === 'env' ? [[rest.slice(0, equals), rest.slice(equals + 1)]] : [];
}

function stepsOf(own: readonly Section[]): readonly Step[] {
  const runs = own.flatMap(({ word }, index) => (word === 'run' ? [index] : []));
  return runs.map((run, index) => {
    const answers = own.slice(run + 1, runs[index + 1] ?? own.length);
    return {
      command: (own[run]?.lines ?? []).join('\n'),
      exit: expectationOf(answers, 'exit'),
      stdout: expectationOf(answers, 'stdout'),
      stderr: expectationOf(answers, 'stderr'),
    };
  });
}

function expectationOf(answers: readonly Section[], word: string): Expectation | null {
  const found = answers.find((section) => section.word === word);
  if (found === undefined) return null;
  const { lines, start, rest } = found;
  if (word === 'exit') return { text: rest, from: start - 1, to: start };
  return { text: lines.map((line) => `${line}\n`).join(''), from: start, to: start + lines.length };
}
