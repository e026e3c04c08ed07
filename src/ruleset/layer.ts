import {
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import type { Text } from '../i18n/text.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Span } from './expression/expression.ts';
import { type Origin, PACK_PREFIX } from './ruleset.ts';

export type Path = readonly (string | number)[];

/** One rules file as parsed: its value, and where each part of it stands. */
export interface Layer {
  /** Path of the file, or `funnelint:<pack>`. */
  readonly name: string;
  readonly text: string;
  readonly value: unknown;
  /** The file as a tree with positions; parsed when a place is asked for. */
  readonly tree: () => SourceTree;
  /** Lines of keys by their path joined by `\n`, where they are known without parsing. */
  readonly lineOfKey: Readonly<Record<string, number>> | null;
}

export interface SourceTree {
  readonly document: Document;
  readonly lines: LineCounter;
}

/** True for a pack that ships. */
export function isPack(layer: Layer): boolean {
  return layer.name.startsWith(PACK_PREFIX);
}

/** A mistake at a path of a layer; `key` points at the key itself, `span` inside the text of a value. */
export interface Problem {
  readonly path: Path;
  readonly target?: 'key' | 'value';
  readonly span?: Span;
  readonly message: Text;
  readonly severity?: Diagnostic['severity'];
}

/** Aliases may multiply their nodes by this much and no more. */
const MOST_ALIASES = 100;

/** Parses YAML with positions; the mistakes of YAML are in the document. */
export function parseTree(text: string): SourceTree {
  const lines = new LineCounter();
  return {
    document: parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      uniqueKeys: true,
      stringKeys: true,
      merge: true,
    }),
    lines,
  };
}

/** Parses a rules file; mistakes of YAML itself come back as diagnostics. */
export function parseLayer(name: string, text: string): { layer: Layer; diagnostics: readonly Diagnostic[] } {
  const tree = parseTree(text);
  const { document } = tree;
  const layer = (value: unknown): Layer => ({ name, text, value, tree: () => tree, lineOfKey: null });
  const bare = layer({});
  if (document.errors.length > 0) {
    const diagnostics = document.errors.map((error) => yamlDiagnostic(bare, error));
    // One unquoted threshold breaks its line in several ways.
    const firstOfLine = diagnostics.filter(
      ({ line, message }, index) =>
        !diagnostics.slice(0, index).some((earlier) => earlier.line === line && earlier.message === message),
    );
    return { layer: bare, diagnostics: firstOfLine };
  }
  try {
    return { layer: layer(document.toJS({ maxAliasCount: MOST_ALIASES }) ?? {}), diagnostics: [] };
  } catch (error) {
    // Aliases are resolved only here: one that names nothing, or a few that stand for millions of nodes.
    const reason = error instanceof Error ? error.message : String(error);
    const message = { en: `not valid YAML: ${reason}`, zh: `YAML 语法错误：${reason}` };
    return { layer: bare, diagnostics: [diagnosticAt(bare, 0, 1, message)] };
  }
}

const UNQUOTED: Text = {
  en: 'a threshold must be quoted, as in fail: "> 5%"',
  zh: '阈值要加引号，例如 fail: "> 5%"',
};
const TWICE: Text = { en: 'this key stands twice', zh: '这个键重复了' };

/** The mistakes people make most get a sentence of their own; the rest keeps the parser's words. */
function yamlDiagnostic(layer: Layer, { code, message, pos: [start, end] }: Document['errors'][number]): Diagnostic {
  if (code === 'DUPLICATE_KEY') return diagnosticAt(layer, start, end, TWICE);
  const lineStart = layer.text.lastIndexOf('\n', start - 1) + 1;
  const line = layer.text.slice(lineStart).split('\n', 1)[0] ?? '';
  const threshold = /(?:^|[{,\s])(?:warn|fail):\s*(?=[<>])/.exec(line);
  if (threshold === null) {
    return diagnosticAt(layer, start, end, { en: `not valid YAML: ${message}`, zh: `YAML 语法错误：${message}` });
  }
  const at = lineStart + threshold.index + threshold[0].length;
  const length = /^[^,}#]*/.exec(layer.text.slice(at, lineStart + line.length))?.[0].trimEnd().length ?? 1;
  return diagnosticAt(layer, at, at + length, UNQUOTED);
}

function diagnosticAt(
  layer: Layer,
  start: number,
  end: number,
  message: Text,
  severity: Diagnostic['severity'] = 'error',
): Diagnostic {
  const { line, col } = layer.tree().lines.linePos(Math.min(start, layer.text.length));
  const sourceLine = layer.text.split('\n')[line - 1]?.replace(/\r$/, '') ?? '';
  const room = Math.max(1, sourceLine.length - col + 1);
  const length = Math.max(1, Math.min(end - start, room));
  return { file: layer.name, line, column: col, length, sourceLine, severity, message };
}

/** The node at a path, or the deepest one on the way to it; the key of the last step where asked for. */
function nodeAt(layer: Layer, path: Path, target: 'key' | 'value'): Node | null {
  let node: unknown = layer.tree().document.contents;
  let found: Node | null = isNode(node) ? node : null;
  for (const [depth, step] of path.entries()) {
    const { key, value } = stepInto(node, step);
    const isLast = depth === path.length - 1;
    if (isNode(key)) found = key;
    // An item of a list has no key: it stands for itself.
    if (isLast && target === 'key' && isNode(key)) return found;
    if (isNode(value)) found = value;
    // A short form leaves out a level: the list that stands for {fields: [list]}.
    if (value !== undefined) node = value;
  }
  return found;
}

function stepInto(node: unknown, step: string | number): { readonly key?: unknown; readonly value?: unknown } {
  if (isSeq(node)) return { value: node.items[Number(step)] };
  if (!isMap(node)) return {};
  return pairsOf(node).get(String(step)) ?? {};
}

/** Pairs of a map by key, kept with the map: a file with thousands of rules is asked for each of them. */
const PAIRS = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();

function pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
  const known = PAIRS.get(map);
  if (known !== undefined) return known;
  const pairs = new Map(
    map.items.flatMap((pair) => (isScalar(pair.key) ? [[String(pair.key.value), pair] as const] : [])),
  );
  PAIRS.set(map, pairs);
  return pairs;
}

function textOffset(node: Scalar): number {
  const type = node.type;
  return type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE' ? 1 : 0;
}

/** Places a mistake: file, line, column and the line itself. */
export function locate(layer: Layer, { path, target = 'value', span, message, severity }: Problem): Diagnostic {
  const node = nodeAt(layer, path, target);
  const [start, end] = node?.range ?? [0, 1];
  if (span !== undefined && isScalar(node) && node.type !== 'BLOCK_FOLDED' && node.type !== 'BLOCK_LITERAL') {
    const base = start + textOffset(node);
    return diagnosticAt(layer, base + span.start, base + Math.max(span.end, span.start + 1), message, severity);
  }
  const firstLineEnd = layer.text.indexOf('\n', start);
  return diagnosticAt(layer, start, firstLineEnd < 0 ? end : Math.min(end, firstLineEnd), message, severity);
}

/** Where the value at a path was written. */
export function originOf(layer: Layer, path: Path): Origin {
  const known = layer.lineOfKey?.[path.join('\n')];
  if (known !== undefined) return { file: layer.name, line: known };
  const node = nodeAt(layer, path, 'key');
  return { file: layer.name, line: layer.tree().lines.linePos(node?.range?.[0] ?? 0).line };
}
