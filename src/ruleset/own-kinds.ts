import { z } from 'zod';
import { FunnelintError } from '../errors.ts';
import { slotsOf } from '../i18n/template.ts';
import type { Text } from '../i18n/text.ts';
import type { Kind } from '../kinds/define.ts';
import { KINDS } from '../kinds/index.ts';
import { ownKind } from '../kinds/own-kind.ts';
import { inputSchema } from './json-schema.ts';
import { optionSchema } from './option-schema.ts';
import { ruleCommon } from './schema-rule.ts';

/** A value that should be a kind, and where it comes from, for messages. */
export interface OfferedKind {
  readonly from: string;
  readonly value: unknown;
}

const text = z.strictObject({ en: z.string().min(1), zh: z.string().min(1) });

function isSchema(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return '_zod' in value && 'safeParse' in value && typeof value.safeParse === 'function';
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

const TEXT_EXPECTED: Text = { en: 'expected a text in both languages: { en, zh }', zh: '应为双语文本：{ en, zh }' };

/** What each key of a kind has to be, in words. */
const EXPECTED: Readonly<Record<string, Text>> = {
  kind: { en: 'expected a name in small letters, such as discount_limit', zh: '应为小写名称，例如 discount_limit' },
  title: TEXT_EXPECTED,
  why: TEXT_EXPECTED,
  fix: TEXT_EXPECTED,
  options: { en: 'expected a schema of zod 4', zh: '应为 zod 4 的 schema' },
  messages: {
    en: 'expected texts in both languages by name: { name: { en, zh } }',
    zh: '应为按名称排列的双语文本：{ name: { en, zh } }',
  },
  example: { en: 'expected { rule, bad, good }, each a text', zh: '应为 { rule, bad, good }，均为文本' },
  references: { en: 'expected a function of the options', zh: '应为以选项为参数的函数' },
  check: { en: 'expected a function', zh: '应为函数' },
};

const shape = z.object({
  kind: z.string().regex(/^[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*$/),
  title: text,
  why: text,
  fix: text,
  options: z.unknown().refine((options) => isSchema(options) || isFunction(options)),
  messages: z.record(z.string(), text).refine((messages) => Object.keys(messages).length > 0),
  example: z.object({ rule: z.string(), bad: z.string(), good: z.string() }),
  references: z.unknown().refine(isFunction),
  check: z.unknown().refine(isFunction),
});

const NO_KIND: Text = { en: 'expected a kind made with defineKind', zh: '应为 defineKind 定义的规则类型' };
const OTHER_SLOTS: Text = { en: 'the slots of both languages differ', zh: '两种语言的占位符不一致' };
const RESERVED: Text = { en: 'rules have a key of this name already', zh: '规则已有同名的键' };
const SHIPS: Text = { en: 'a kind of this name ships', zh: '已有同名的内置类型' };
const TWICE: Text = { en: 'another kind of this name is given', zh: '重复给出同名的类型' };
const NO_JSON: Text = { en: 'the schema cannot be described', zh: '无法描述该 schema' };

function wrong(from: string, key: string, problem: Text): FunnelintError {
  return new FunnelintError('kinds/wrong', { from, key, problem: { text: problem } });
}

function checkSlots({ kind, messages }: Kind, from: string): void {
  for (const [name, { en, zh }] of Object.entries(messages)) {
    const slots = [en, zh].map((each) => [...new Set(slotsOf(each))].sort().join());
    if (slots[0] !== slots[1]) throw wrong(from, `${kind}.messages.${name}`, OTHER_SLOTS);
  }
}

/** The options are described on pages and in the JSON Schema, and keys meant are told from it. */
function checkDescribed(kind: Kind, from: string, key: string): void {
  try {
    inputSchema(optionSchema(kind));
  } catch {
    throw wrong(from, key, NO_JSON);
  }
}

function checkedKind({ from, value }: OfferedKind): Kind {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(from, 'default', NO_KIND);
  const parsed = shape.safeParse(value);
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.map(String) ?? [];
    throw wrong(from, path.join('.'), EXPECTED[path[0] ?? ''] ?? NO_KIND);
  }
  const kind = value as Kind;
  if (kind.kind in ruleCommon.shape) throw wrong(from, kind.kind, RESERVED);
  if (KINDS.has(kind.kind)) throw wrong(from, kind.kind, SHIPS);
  checkSlots(kind, from);
  checkDescribed(kind, from, `${kind.kind}.options`);
  return kind;
}

/**
 * The kinds that ship and some of somebody's own beside them, each checked for its shape; where there are none, the
 * very map of those that ship.
 * @throws FunnelintError `kinds/wrong` for a value that is no kind, or whose name is taken
 */
export function withOwnKinds(offered: readonly OfferedKind[]): ReadonlyMap<string, Kind> {
  if (offered.length === 0) return KINDS;
  const kinds = new Map(KINDS);
  for (const each of offered) {
    const kind = checkedKind(each);
    if (kinds.has(kind.kind)) throw wrong(each.from, kind.kind, TWICE);
    kinds.set(kind.kind, ownKind(kind));
  }
  return kinds;
}
