import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { FunnelintError } from '../errors.ts';
import type { Kind } from '../kinds/define.ts';
import { KINDS } from '../kinds/index.ts';
import { buildRuleset } from './build.ts';
import { buildFields } from './build-fields.ts';
import { RulesetError } from './diagnostic.ts';
import { knownKeys } from './known-keys.ts';
import { isPack, type Layer, type Path, parseLayer } from './layer.ts';
import type { CheckedLayer } from './merge.ts';
import { nearest } from './nearest.ts';
import { packNames } from './pack-files.ts';
import { createPackReader } from './packs.ts';
import { createProblemList, type ProblemList } from './problem-list.ts';
import { type FieldDefinition, PACK_PREFIX, type Ruleset } from './ruleset.ts';
import { rulesFile } from './schema.ts';
import { schemaProblems, withSuggestion } from './schema-problems.ts';
import { mentionedRules, shippedRules } from './shipped-rules.ts';

const DEFAULT_PACK = 'recommended';

interface Loading {
  readonly layers: CheckedLayer[];
  readonly packs: string[];
  readonly done: Set<string>;
  /** Files that are being read, the outermost first. */
  readonly open: string[];
  readonly problems: ProblemList;
  readonly readPack: (pack: string) => CheckedLayer;
}

function keysOfFile(path: Path): readonly string[] {
  return knownKeys(rulesFile, path);
}

function loadLayer(name: string, text: string, loading: Loading): void {
  const { layer, diagnostics } = parseLayer(name, text);
  loading.problems.addDiagnostics(diagnostics);
  if (diagnostics.length > 0) return;
  const parsed = rulesFile.safeParse(layer.value ?? {}, { reportInput: true });
  if (!parsed.success) {
    for (const problem of schemaProblems(parsed.error, [], keysOfFile)) loading.problems.add(layer, problem);
    // What is sound is still checked further, so that all mistakes are told at once.
    const sound = soundParts(layer.value, parsed.error.issues);
    const again = rulesFile.safeParse(sound);
    if (!again.success) return;
    extendLayer(layer, again.data.extends, loading);
    loading.layers.push({ layer, file: again.data });
    return;
  }
  loading.open.push(resolve(name));
  extendLayer(layer, parsed.data.extends, loading);
  loading.open.pop();
  loading.layers.push({ layer, file: parsed.data });
}

/** The sections of a file that have no mistake, with a version. */
function soundParts(value: unknown, issues: readonly { readonly path: PropertyKey[] }[]): unknown {
  if (typeof value !== 'object' || value === null) return { version: 1 };
  const broken = new Set(issues.map((issue) => String(issue.path[0] ?? '')));
  const known = new Set(Object.keys(rulesFile.shape));
  const entries = Object.entries(value).filter(([key]) => known.has(key) && !broken.has(key));
  return { ...Object.fromEntries(entries), version: 1 };
}

function extendLayer(layer: Layer, names: readonly string[] | undefined, loading: Loading): void {
  const wanted = names ?? (isPack(layer) ? [] : [`${PACK_PREFIX}${DEFAULT_PACK}`]);
  for (const [index, name] of wanted.entries()) {
    const path = Array.isArray((layer.value as { extends?: unknown }).extends) ? ['extends', index] : ['extends'];
    if (name.startsWith(PACK_PREFIX)) loadPack(name.slice(PACK_PREFIX.length), loading, { layer, path });
    else loadExtended(name, loading, { layer, path });
  }
}

function loadExtended(name: string, loading: Loading, from: { layer: Layer; path: Path }): void {
  const file = join(dirname(from.layer.name), name);
  if (resolve(file) === resolve(from.layer.name)) {
    const message = { en: 'the file extends itself', zh: '文件继承了自身' };
    loading.problems.add(from.layer, { path: from.path, message });
    return;
  }
  if (loading.open.includes(resolve(file))) {
    const message = { en: `${file} extends this file already`, zh: `${file} 已经继承了本文件` };
    loading.problems.add(from.layer, { path: from.path, message });
    return;
  }
  if (loading.done.has(resolve(file))) return;
  loading.done.add(resolve(file));
  if (!existsSync(file)) {
    const pack = packNames().includes(name) ? PACK_PREFIX + name : null;
    const message = withSuggestion({ en: `no such file: ${file}`, zh: `找不到文件：${file}` }, pack);
    loading.problems.add(from.layer, { path: from.path, message });
    return;
  }
  try {
    loadLayer(file, readRules(file), loading);
  } catch (error) {
    if (error instanceof FunnelintError || error instanceof RulesetError) throw error;
    const message = { en: `cannot be read: ${file}`, zh: `无法读取：${file}` };
    loading.problems.add(from.layer, { path: from.path, message });
  }
}

/** More than people write by hand; a larger file is some other file. */
const MOST_BYTES = 1_000_000;

/** The bytes of a file, no more than so many: a device has no end. */
function firstBytes(file: string, most: number): Buffer {
  const bytes = Buffer.alloc(most);
  const opened = openSync(file, 'r');
  try {
    let length = 0;
    while (length < most) {
      const read = readSync(opened, bytes, length, most - length, null);
      if (read === 0) break;
      length += read;
    }
    return bytes.subarray(0, length);
  } finally {
    closeSync(opened);
  }
}

/**
 * Text of a rules file, which is UTF-8.
 * @throws FunnelintError when it is not, or is far too large.
 */
function readRules(file: string): string {
  const bytes = firstBytes(file, MOST_BYTES + 1);
  if (bytes.length > MOST_BYTES) throw new FunnelintError('rules/too-large', { file });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new FunnelintError('rules/not-utf8', { file });
  }
}

function loadPack(pack: string, loading: Loading, from: { layer: Layer; path: Path } | null): void {
  if (loading.done.has(PACK_PREFIX + pack)) return;
  loading.done.add(PACK_PREFIX + pack);
  const names = packNames();
  if (!names.includes(pack)) {
    const suggestion = nearest(pack, names);
    if (from === null) {
      throw new FunnelintError('rules/no-pack', {
        pack,
        packs: names.join(', '),
        suggestion: suggestion ?? names[0] ?? '',
      });
    }
    const meant = suggestion === null ? null : PACK_PREFIX + suggestion;
    const message = withSuggestion({ en: `there is no pack "${pack}"`, zh: `没有规则包“${pack}”` }, meant);
    loading.problems.add(from.layer, { path: from.path, message });
    return;
  }
  loading.packs.push(pack);
  const checked = loading.readPack(pack);
  extendLayer(checked.layer, checked.file.extends, loading);
  loading.layers.push(checked);
}

/**
 * Loads the effective rules: the packs named, then the rules file and what it extends.
 * @throws RulesetError with every mistake of all files; FunnelintError when a file or pack does not exist.
 */
export function loadRuleset(
  options: {
    readonly file: string | null;
    readonly packs: readonly string[];
    /** Ids of rules that ship which are wanted as well, whether or not a file names them. */
    readonly rules?: readonly string[];
    /** By their verbs; those that ship unless told. */
    readonly kinds?: ReadonlyMap<string, Kind>;
  },
  readPack = createPackReader(),
): Ruleset {
  const { kinds = KINDS } = options;
  const problems = createProblemList();
  const loading: Loading = { layers: [], packs: [], done: new Set(), open: [], problems, readPack };
  if (options.file === null || options.packs.length > 0) loadPack(DEFAULT_PACK, loading, null);
  for (const pack of options.packs) loadPack(pack, loading, null);
  if (options.file !== null) {
    const { file } = options;
    if (!existsSync(file)) throw new FunnelintError('file/not-found', { file: options.file, folder: resolve('.') });
    loading.done.add(resolve(file));
    loadLayer(file, readRules(file), loading);
  }
  const verbs = new Set(kinds.keys());
  const ruleset = buildRuleset(
    {
      layers: [...mentionedRules(loading.layers, options.rules ?? [], readPack, verbs), ...loading.layers],
      kinds,
      file: options.file,
      packs: loading.packs,
      shippedRules: () => shippedRules(readPack, verbs),
    },
    problems,
  );
  const diagnostics = problems.all();
  if (diagnostics.some(({ severity }) => severity === 'error')) throw new RulesetError(diagnostics);
  return ruleset;
}

/** The fields of one pack without those it is meant to be laid over. */
export function loadPackFields(pack: string, readPack = createPackReader()): readonly FieldDefinition[] {
  const { layer, file } = readPack(pack);
  const fields = Object.entries(file.fields ?? {});
  return buildFields(new Map(fields.map(([id, value]) => [id, [{ value, layer, path: ['fields', id] }]])));
}
