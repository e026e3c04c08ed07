import { z } from 'zod';
import { FunnelintError } from './errors.ts';
import { type Lang, say, type Text } from './i18n/text.ts';
import type { Kind } from './kinds/define.ts';
import { parseIsoDay } from './kinds/option-types.ts';
import { VIEW_NAMES, type ViewName } from './report/views/names.ts';
import { FORMATS } from './reporters/index.ts';
import { nearest } from './ruleset/nearest.ts';

/** A table in memory: its bytes as the file would have them, and the name that messages and file-name dates go by. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What an audit is told. Nothing else counts: no environment, no clock, and no rules file but the one named here. */
export interface AuditOptions {
  /** The list of deals, a path or bytes; several are one list, split by month say. */
  readonly file: string | NamedBytes | readonly (string | NamedBytes)[];
  /** The change log. */
  readonly history?: string | NamedBytes;
  /** Earlier exports of the same list. */
  readonly previous?: readonly (string | NamedBytes)[];
  /** Lists that deals refer to, by the ids of the rules: `{ accounts: 'accounts.csv' }`. */
  readonly tables?: Readonly<Record<string, string | NamedBytes>>;
  /** Path of the rules file. */
  readonly config?: string;
  /**
   * Packs such as `salesforce`, laid over `recommended`. Without packs and rules file the CRM is told from the header,
   * as on the command line.
   */
  readonly packs?: readonly string[];
  /** Ids of the only rules to run; one that is off, or ships in a pack that is not named, runs all the same. */
  readonly rules?: readonly string[];
  /** Ids of rules to leave out. */
  readonly skip?: readonly string[];
  /** Run only the rules that have one of these tags. */
  readonly tags?: readonly string[];
  /** Kinds of one's own, made with `defineKind`, which the rules file may use as verbs like those that ship. */
  readonly kinds?: readonly Kind[];
  /**
   * ISO date the audit takes as today. Without it counts the rules file's `as_of`, else the date in the name of the
   * file, else `today`.
   */
  readonly asOf?: string;
  /** ISO date to fall back on, which the command line takes from the clock. */
  readonly today?: string;
  /** Worksheet to read; without it the one that looks most like the list. */
  readonly sheet?: string;
  /** Row of the header, from 1; without it the header is looked for. */
  readonly headerRow?: number;
  /** Field delimiter of a CSV, one character (a tab is `'\t'`); without it told from the text. */
  readonly delimiter?: string;
  /** Encoding of a CSV by its name in the Encoding Standard, such as `gb18030`; without it told from the bytes. */
  readonly encoding?: string;
  /** Days a deal is given to move on, 1 to 36,600; without it the rules file's, else what most deals of the data took. */
  readonly windowDays?: number;
  /** Fields that figures are broken down by; without them `segments` of the rules file. */
  readonly by?: readonly string[];
  /** Length of the periods that figures are shown by; without it the rules file's, else `month`. */
  readonly period?: 'week' | 'month' | 'quarter' | 'year';
  /** Keep the deals, and the keys of those behind every count. */
  readonly details?: boolean;
  /** Language the report is in unless it is rendered in another: `en` or `zh`; without it the rules file's, else `en`. */
  readonly lang?: Lang;
  /** What trips the gate; `error` unless the rules file says otherwise. */
  readonly failOn?: 'error' | 'warn' | 'never';
  /** Trip the gate on more warnings than this. */
  readonly maxWarnings?: number;
  /** Count inconclusive as failed. */
  readonly strict?: boolean;
  /** Findings known from before, which do not trip the gate: a file that `funnelint baseline write` made. */
  readonly baseline?: string | NamedBytes;
  /** Leave the known findings out of the report; needs `baseline`. */
  readonly onlyNew?: boolean;
  /**
   * `true` replaces the values of the sensitive fields by hashes in the whole report; a list of fields replaces the
   * values of these too. What was replaced stands in `redacted` of the report.
   */
  readonly redact?: boolean | readonly string[];
  /** Secret that the hashes are made with; without one, short values such as phone numbers can be guessed. */
  readonly redactKey?: string;
  /** Keep the stacks of faults in the report. */
  readonly debug?: boolean;
}

/** How a report is to look; none of it changes the verdict. */
export interface RenderOptions {
  /** `en` or `zh`; that of the audit unless told. */
  readonly lang?: Lang;
  /** Columns of the terminal format, from 40; 100 unless told. */
  readonly width?: number;
  /** Colours of the terminal format; without them unless told. */
  readonly colour?: boolean;
  /** Findings shown per rule where a format does not hold them all; 50 unless told, `Infinity` for all. */
  readonly maxFindings?: number;
  /** One page for one purpose instead of the overview. */
  readonly view?: ViewName;
}

interface Option {
  readonly schema: z.ZodType;
  /** What may be given, behind “give”. */
  readonly allowed: Text;
}

const LEAST_WIDTH = 40;
/** Longer than any list of deals. */
const MOST_WINDOW_DAYS = 36_600;

/** Bytes of another realm, such as a test runner makes, are bytes as well. */
const bytes = z.custom<Uint8Array>((value) => Object.prototype.toString.call(value) === '[object Uint8Array]');
const input = z.union([z.string().min(1), z.object({ name: z.string(), bytes })]);

const INPUT: Option = {
  schema: input,
  allowed: say('a path, or { name, bytes } with a Uint8Array', '路径，或含 Uint8Array 的 { name, bytes }'),
};
const INPUTS: Option = {
  schema: z.array(input),
  allowed: say('a list of paths or { name, bytes }', '路径或 { name, bytes } 的列表'),
};
const TEXT: Option = { schema: z.string().min(1), allowed: say('a text', '文本') };
const TEXTS: Option = { schema: z.array(z.string()), allowed: say('a list of texts', '文本列表') };
const SWITCH: Option = { schema: z.boolean(), allowed: say('true or false', 'true 或 false') };
const DAY: Option = {
  schema: z.string().refine((text) => parseIsoDay(text) !== null),
  allowed: say('an ISO date such as 2026-11-01', '形如 2026-11-01 的 ISO 日期'),
};

function oneOf(values: readonly string[]): Option {
  return { schema: z.enum(values), allowed: say(`one of ${values.join(', ')}`, `以下之一：${values.join('、')}`) };
}

function wholeNumber(least: number, most: number | null = null): Option {
  return {
    schema: z
      .int()
      .min(least)
      .max(most ?? Number.MAX_SAFE_INTEGER),
    allowed:
      most === null
        ? say(`a whole number from ${least}`, `不小于 ${least} 的整数`)
        : say(`a whole number from ${least} to ${most}`, `${least} 到 ${most} 的整数`),
  };
}

const LANG = oneOf(['en', 'zh'] satisfies Lang[]);

const AUDIT_OPTIONS: Readonly<Record<keyof AuditOptions, Option>> = {
  file: {
    schema: z.union([input, z.array(input)]),
    allowed: say(
      'a path, { name, bytes } with a Uint8Array, or a list of these',
      '路径、含 Uint8Array 的 { name, bytes }，或它们的列表',
    ),
  },
  history: INPUT,
  previous: INPUTS,
  tables: {
    schema: z.record(z.string(), input),
    allowed: say('an object such as { accounts: path }', '形如 { accounts: 路径 } 的对象'),
  },
  config: { ...TEXT, allowed: say('a path', '路径') },
  packs: TEXTS,
  rules: TEXTS,
  skip: TEXTS,
  tags: TEXTS,
  kinds: {
    schema: z.array(z.unknown()),
    allowed: say('a list of kinds made with defineKind', 'defineKind 定义的规则类型列表'),
  },
  asOf: DAY,
  today: DAY,
  sheet: TEXT,
  headerRow: wholeNumber(1),
  delimiter: {
    schema: z.string().regex(/^[^"\r\n]$/u),
    allowed: say('one character that is no quote and ends no line', '一个字符（引号和换行除外）'),
  },
  encoding: TEXT,
  windowDays: wholeNumber(1, MOST_WINDOW_DAYS),
  by: TEXTS,
  period: oneOf(['week', 'month', 'quarter', 'year'] satisfies AuditOptions['period'][]),
  details: SWITCH,
  lang: LANG,
  failOn: oneOf(['error', 'warn', 'never'] satisfies AuditOptions['failOn'][]),
  maxWarnings: wholeNumber(0),
  strict: SWITCH,
  baseline: INPUT,
  onlyNew: SWITCH,
  redact: {
    schema: z.union([z.boolean(), z.array(z.string())]),
    allowed: say('true, false or a list of fields', 'true、false 或字段列表'),
  },
  redactKey: TEXT,
  debug: SWITCH,
};

const RENDER_OPTIONS: Readonly<Record<keyof RenderOptions, Option>> = {
  lang: LANG,
  width: wholeNumber(LEAST_WIDTH),
  colour: SWITCH,
  maxFindings: {
    schema: z.union([z.int().min(0), z.literal(Number.POSITIVE_INFINITY)]),
    allowed: say('a whole number from 0, or Infinity', '不小于 0 的整数，或 Infinity'),
  },
  view: oneOf(VIEW_NAMES),
};

const MOST_SHOWN = 60;

/** A value as one would write it, where that is short. */
function shown(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (value instanceof Uint8Array) return 'bytes without a name';
  if (typeof value !== 'string' && (typeof value !== 'object' || value === null)) return String(value);
  try {
    const text = JSON.stringify(value);
    return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
  } catch {
    return Array.isArray(value) ? 'a list' : 'an object';
  }
}

function wrong(option: string, value: unknown, allowed: Text): FunnelintError {
  return new FunnelintError('option/wrong', { option, value: shown(value), allowed: { text: allowed } });
}

function unknownOption(option: string, known: readonly string[]): FunnelintError {
  const near = nearest(option, known);
  const hint = near === null ? say('', '') : say(`; did you mean ${near}?`, `；是否想写 ${near}？`);
  return new FunnelintError('option/unknown', { option, hint: { text: hint }, known: known.join(', ') });
}

function checkOptions(name: string, options: unknown, known: Readonly<Record<string, Option>>): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw wrong(name, options, say('an object with options', '选项对象'));
  }
  for (const [key, value] of Object.entries(options)) {
    if (!Object.hasOwn(known, key)) throw unknownOption(key, Object.keys(known));
    const { schema, allowed } = known[key] as Option;
    if (value !== undefined && !schema.safeParse(value).success) throw wrong(key, value, allowed);
  }
}

/**
 * Refuses options of an audit that would be taken for something else, or for nothing.
 * @throws FunnelintError `option/unknown`, `option/wrong`, `flag/no-file`, `flag/only-new-alone`
 */
export function checkAuditOptions(options: AuditOptions): void {
  checkOptions('options', options, AUDIT_OPTIONS);
  const { file, onlyNew = false, baseline } = options;
  if (file === undefined) throw wrong('file', file, AUDIT_OPTIONS.file.allowed);
  if (Array.isArray(file) && file.length === 0) throw new FunnelintError('flag/no-file');
  if (onlyNew && baseline === undefined) throw new FunnelintError('flag/only-new-alone');
}

/**
 * Refuses a format or options of a rendering that are none.
 * @throws FunnelintError `option/unknown`, `option/wrong`
 */
export function checkRenderOptions(format: unknown, options: RenderOptions): void {
  const { schema, allowed } = oneOf(FORMATS);
  if (!schema.safeParse(format).success) throw wrong('format', format, allowed);
  checkOptions('options', options, RENDER_OPTIONS);
}
