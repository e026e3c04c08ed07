import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../src/', import.meta.url));

/** What a layer may import; a file named in full is a word list or pure function that others may share. */
interface Layer {
  readonly may: readonly string[];
  readonly packages: readonly string[];
  readonly because: string;
}

const LAYERS: Readonly<Record<string, Layer>> = {
  i18n: {
    may: [],
    packages: [],
    because: 'texts and formats know nothing of deals, so that every layer can speak with them',
  },
  stats: {
    may: [],
    packages: ['simple-statistics'],
    because: 'numbers in, numbers out: what a statistician would check alone',
  },
  'errors.ts': {
    may: ['error-texts.ts', 'i18n'],
    packages: [],
    because: 'an error is a code, arguments and two texts',
  },
  'error-texts.ts': {
    may: [
      'reading-error-texts.ts',
      'init-error-texts.ts',
      'flag-error-texts.ts',
      'output-error-texts.ts',
      'rules-error-texts.ts',
      'i18n',
    ],
    packages: [],
    because: 'the words of errors, in both languages',
  },
  'init-error-texts.ts': { may: ['i18n'], packages: [], because: 'the words of errors, in both languages' },
  'flag-error-texts.ts': { may: ['i18n'], packages: [], because: 'the words of errors, in both languages' },
  'output-error-texts.ts': { may: ['i18n'], packages: [], because: 'the words of errors, in both languages' },
  'rules-error-texts.ts': { may: ['i18n'], packages: [], because: 'the words of errors, in both languages' },
  'reading-error-texts.ts': { may: ['i18n'], packages: [], because: 'the words of errors, in both languages' },
  'version.ts': { may: [], packages: [], because: 'a constant' },
  source: {
    may: ['errors.ts', 'i18n'],
    packages: ['csv-parse', 'htmlparser2'],
    because: 'readers turn bytes into sheets of text; what a header means is decided behind them',
  },
  ruleset: {
    may: ['kinds', 'errors.ts', 'i18n'],
    packages: ['zod', 'yaml'],
    because: 'rules are data: they are loaded and checked without any deal in sight',
  },
  dataset: {
    may: [
      'source/sheet.ts',
      'source/texts.ts',
      'source/byte-dictionary.ts',
      'source/byte-hash.ts',
      'source/place.ts',
      'source/join-sheets.ts',
      'ruleset/ruleset.ts',
      'ruleset/expression',
      'errors.ts',
      'i18n',
    ],
    packages: [],
    because: 'it types what was read by the rules in force, and reads no file itself',
  },
  kinds: {
    may: [
      'dataset',
      'stats',
      'i18n',
      'source/sheet.ts',
      'source/place.ts',
      'ruleset/ruleset.ts',
      'ruleset/needs.ts',
      'ruleset/expression/expression.ts',
      'ruleset/expression/operands.ts',
      'ruleset/expression/references.ts',
    ],
    packages: ['zod', 're2js'],
    because: 'a kind sees the dataset only, never files, metrics or output',
  },
  metrics: {
    may: ['dataset', 'stats', 'i18n', 'ruleset/ruleset.ts', 'ruleset/expression', 'report/document.ts'],
    packages: [],
    because: 'a metric computes from the dataset and shows itself as blocks of a document, in no format',
  },
  report: {
    may: ['kinds', 'metrics', 'dataset', 'stats', 'errors.ts', 'i18n', 'source/place.ts', 'source/sheet.ts'],
    packages: ['zod'],
    because: 'the report is the contract between auditing and showing; it reads no file and knows no format',
  },
  reporters: {
    may: ['report', 'i18n'],
    packages: ['chalk', 'cli-table3', 'csv-stringify', 'exceljs', '@observablehq/plot', '@mixmark-io/domino'],
    because: 'a reporter reads the report alone, so that a saved one can be rendered later',
  },
  'read-inputs.ts': {
    may: ['source', 'ruleset', 'dataset', 'errors.ts'],
    packages: [],
    because: 'the tables of an audit, read by the rules in force',
  },
  'rules-by-header.ts': {
    may: ['read-inputs.ts', 'ruleset', 'dataset', 'kinds'],
    packages: [],
    because: 'the rules of an export that names none, told from its header',
  },
  'compiled-by-header.ts': {
    may: ['read-inputs.ts', 'ruleset', 'dataset'],
    packages: [],
    because: 'the same from rules that the build has put together',
  },
  'compile-packs.ts': {
    may: ['rules-by-header.ts', 'ruleset', 'dataset'],
    packages: [],
    because: 'part of the build: what packs come to, worked out once',
  },
  'inspect.ts': {
    may: ['read-inputs.ts', 'source', 'ruleset', 'dataset', 'kinds', 'errors.ts', 'i18n'],
    packages: [],
    because: 'what a file holds, without a verdict on it',
  },
  draft: {
    may: ['dataset', 'kinds/outcome.ts', 'stats', 'ruleset/ruleset.ts', 'source/sheet.ts', 'errors.ts', 'i18n'],
    packages: [],
    because: 'an export in, the text of a rules file out: what is asked and where it goes is the command’s business',
  },
  'cell-columns.ts': {
    may: ['read-inputs.ts', 'source', 'report', 'errors.ts'],
    packages: [],
    because: 'the texts of an audit, read once more for the characters that cells begin at',
  },
  'audit.ts': {
    may: [
      'cell-columns.ts',
      'read-inputs.ts',
      'source',
      'ruleset',
      'dataset',
      'kinds',
      'metrics',
      'report',
      'errors.ts',
      'i18n',
      'version.ts',
    ],
    packages: [],
    because: 'the pipeline in order; how it is shown is the caller’s business',
  },
  'render.ts': {
    may: ['metrics', 'report', 'reporters', 'i18n'],
    packages: [],
    because: 'a report in, a format out: it knows nothing of how the report came about',
  },
  'source-copies.ts': {
    may: ['source', 'report', 'errors.ts', 'i18n'],
    packages: [],
    because: 'the files of a report, read again as they are',
  },
  'library-options.ts': {
    may: ['ruleset/nearest.ts', 'kinds', 'report/views/names.ts', 'reporters/index.ts', 'errors.ts', 'i18n'],
    packages: ['zod'],
    because: 'what a program may ask for, checked before anything is read',
  },
  'library.ts': {
    may: [
      'library-options.ts',
      'audit.ts',
      'render.ts',
      'source-copies.ts',
      'read-inputs.ts',
      'rules-by-header.ts',
      'source/byte-source.ts',
      'dataset',
      'ruleset',
      'kinds',
      'report',
      'reporters',
      'errors.ts',
      'i18n',
    ],
    packages: [],
    because: 'the public API puts the parts together and has none of its own',
  },
  'index.ts': {
    may: ['library.ts'],
    packages: ['zod'],
    because: 'the library and the package that kinds of one’s own describe options with, by name',
  },
  cli: {
    may: [
      'audit.ts',
      'render.ts',
      'source-copies.ts',
      'inspect.ts',
      'draft',
      'read-inputs.ts',
      'rules-by-header.ts',
      'compiled-by-header.ts',
      'source',
      'ruleset',
      'dataset',
      'kinds',
      'metrics',
      'report',
      'reporters',
      'errors.ts',
      'i18n',
      'version.ts',
    ],
    packages: ['commander', 'yaml'],
    because: 'commands know the machine; nothing below does',
  },
};

const IMPORT = /(?:^|\n)\s*(?:import|export)\b[^;]*?\bfrom\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/g;
const FILES = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

function layerOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] as string) : file;
}

function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(SRC, file), 'utf8');
  return [...text.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? '');
}

/** Path from src/ of a relative import, null for a package. */
function target(file: string, specifier: string): string | null {
  return specifier.startsWith('.') ? relative(SRC, resolve(join(SRC, dirname(file)), specifier)) : null;
}

function isAllowed(file: string, to: string, { may }: Layer): boolean {
  return layerOf(to) === layerOf(file) || may.some((name) => to === name || to.startsWith(`${name}/`));
}

describe('layers', () => {
  it.each(FILES)('%s imports only what its layer may', (file) => {
    const layer = LAYERS[layerOf(file)];
    expect(layer, `${file} is in no layer; name it in this test`).toBeDefined();
    if (layer === undefined) return;
    for (const specifier of importsOf(file)) {
      const to = target(file, specifier);
      if (to !== null) {
        expect(isAllowed(file, to, layer), `${file} must not import ${to}: ${layer.because}`).toBe(true);
      } else if (!specifier.startsWith('node:')) {
        const allowed = layer.packages.some((name) => specifier === name || specifier.startsWith(`${name}/`));
        expect(allowed, `${file} must not import the package ${specifier}: ${layer.because}`).toBe(true);
      }
    }
  });
});

describe('the edge', () => {
  const MAY_TOUCH_FILES = /^(?:source\/|cli\/|ruleset\/(?:load|packs|pack-files|compiled-rules|find-rules-file)\.ts)/;

  it.each(FILES.filter((file) => !MAY_TOUCH_FILES.test(file)))('%s touches no file system', (file) => {
    const touched = importsOf(file).filter((specifier) => /^node:(?:fs|child_process|net|http|https)/.test(specifier));
    expect(touched, 'files are read in source and ruleset/load, and written in cli').toEqual([]);
  });

  const AMBIENT = [
    [/\bprocess\./, 'the environment exists only in cli'],
    [/\bconsole\./, 'output goes through the streams of cli'],
    [/\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(/, 'the clock is an input (--as-of)'],
    [/\bMath\.random\(/, 'the same input gives the same bytes'],
    [/\.toLocale\w*\(|\.localeCompare\(/, 'nothing depends on the locale of the machine'],
  ] as const;

  it.each(FILES.filter((file) => !file.startsWith('cli/')))('%s looks at nothing but its input', (file) => {
    const text = readFileSync(join(SRC, file), 'utf8');
    for (const [pattern, reason] of AMBIENT)
      expect(pattern.test(text), `${file}: ${String(pattern)}: ${reason}`).toBe(false);
  });

  it.each(FILES)('%s is one thing: at most 300 lines', (file) => {
    expect(readFileSync(join(SRC, file), 'utf8').split('\n').length).toBeLessThanOrEqual(300);
  });
});
