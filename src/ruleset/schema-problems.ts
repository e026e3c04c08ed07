import type { z } from 'zod';
import { say, type Text } from '../i18n/text.ts';
import type { Path, Problem } from './layer.ts';
import { nearest } from './nearest.ts';

type Issue = z.core.$ZodIssue;

/** The message, with the name that was meant where one is near. */
export function withSuggestion(message: Text, suggestion: string | null): Text {
  if (suggestion === null) return message;
  return say(`${message.en}; did you mean "${suggestion}"?`, `${message.zh}；是否想写“${suggestion}”？`);
}

/** “unknown … ”, with the nearest known name. */
export function unknownName(what: Text, name: string, known: Iterable<string>): Text {
  return withSuggestion(say(`unknown ${what.en} "${name}"`, `未知的${what.zh}“${name}”`), nearest(name, known));
}

const TYPE_NAMES: Readonly<Record<string, Text>> = {
  string: say('a text', '文本'),
  number: say('a number', '数字'),
  int: say('a whole number', '整数'),
  boolean: say('true or false', 'true 或 false'),
  array: say('a list', '列表'),
  object: say('a map of keys', '键值表'),
  record: say('a map of keys', '键值表'),
};

function typeName(expected: string): Text {
  return TYPE_NAMES[expected] ?? say(expected, expected);
}

/** The value is not even of the type that is wanted: no more can be said of it. */
function isOtherShape(issue: Issue): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === 'invalid_type') return true;
  return issue.code === 'invalid_union' && issue.errors.every((branch) => branch.some(isOtherShape));
}

/** Of the branches of a union, the one the author most likely meant: the one that got furthest into the value. */
function bestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  const depth = (issues: readonly Issue[]): number => Math.max(0, ...issues.map((issue) => issue.path.length));
  const deep = branches.filter((issues) => !issues.some(isOtherShape));
  const sorted = [...(deep.length > 0 ? deep : branches)].sort((a, b) => depth(b) - depth(a));
  return sorted[0] ?? [];
}

/** A key that must be there and is not, with what it should hold. */
function missing(path: Path, expected: Text): Text {
  const key = String(path.at(-1) ?? '');
  return say(`"${key}" is missing: expected ${expected.en}`, `缺少“${key}”：应为${expected.zh}`);
}

/** A text of a schema, written as `English / 中文`. */
function bilingual(message: string): Text {
  const [en = message, zh = en] = message.split(' / ');
  return say(en, zh);
}

function messageOf(issue: Issue, path: Path): Text {
  switch (issue.code) {
    case 'invalid_type': {
      const expected = typeName(issue.expected);
      if (issue.input === undefined) return missing(path, expected);
      return say(`expected ${expected.en}`, `应为${expected.zh}`);
    }
    case 'invalid_value': {
      const values = issue.values.map(String);
      const list = say(values.join(', '), values.join('、'));
      if (issue.input === undefined) return missing(path, list);
      const suggestion = typeof issue.input === 'string' ? nearest(issue.input, values) : null;
      return withSuggestion(say(`expected one of: ${list.en}`, `应为以下之一：${list.zh}`), suggestion);
    }
    case 'too_small':
      return issue.message.includes(' / ') ? bilingual(issue.message) : say('too few or too small', '数量或数值过小');
    case 'too_big':
      return issue.message.includes(' / ') ? bilingual(issue.message) : say('too many or too large', '数量或数值过大');
    default:
      return bilingual(issue.message);
  }
}

function problemsOf(issue: Issue, prefix: Path, knownKeys: (path: Path) => readonly string[]): readonly Problem[] {
  const path = [...prefix, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...path, key],
      target: 'key',
      message: unknownName(say('key', '键'), key, knownKeys(path)),
    }));
  }
  if (issue.code === 'invalid_union') {
    const branch = bestBranch(issue.errors);
    if (branch.length > 0) return branch.flatMap((inner) => problemsOf(inner, path, knownKeys));
  }
  if (issue.code === 'invalid_key') {
    const [inner] = issue.issues as readonly Issue[];
    const said = inner === undefined ? say('another key is expected', '应为其他键') : messageOf(inner, path);
    return [{ path, target: 'key', message: said }];
  }
  return [{ path, message: messageOf(issue, path) }];
}

/**
 * Mistakes of a checked value as located problems. `knownKeys` names the keys that are allowed at a path, for the
 * suggestion.
 */
export function schemaProblems(
  error: z.ZodError,
  prefix: Path,
  knownKeys: (path: Path) => readonly string[],
): readonly Problem[] {
  return error.issues.flatMap((issue) => problemsOf(issue, prefix, knownKeys));
}
