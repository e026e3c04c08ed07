import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Layer, originOf, type Path, parseLayer, parseTree } from './layer.ts';
import type { CheckedLayer } from './merge.ts';
import { packNames, packText } from './pack-files.ts';
import { PACK_PREFIX } from './ruleset.ts';
import { type RulesFile, rulesFile } from './schema.ts';

const COMPILED_FILE = fileURLToPath(new URL('../packs.json', import.meta.url));

/** A pack after parsing and checking, made when the product is built: reading YAML is most of a small audit's start. */
interface CompiledPack {
  readonly file: RulesFile;
  readonly lineOfKey: Readonly<Record<string, number>>;
}

function readCompiled(): Readonly<Record<string, CompiledPack>> {
  // Our own build wrote the file, from the schema of the same version.
  return existsSync(COMPILED_FILE)
    ? (JSON.parse(readFileSync(COMPILED_FILE, 'utf8')) as Record<string, CompiledPack>)
    : {};
}

function compiledLayer(name: string, text: string, { file, lineOfKey }: CompiledPack): CheckedLayer {
  let tree: ReturnType<Layer['tree']> | null = null;
  const layer: Layer = {
    name,
    text,
    value: file,
    tree: () => {
      tree ??= parseTree(text);
      return tree;
    },
    lineOfKey,
  };
  return { layer, file };
}

function parsedLayer(name: string, text: string): CheckedLayer {
  const { layer, diagnostics } = parseLayer(name, text);
  const [mistake] = diagnostics;
  if (mistake !== undefined) throw new Error(`${name}:${mistake.line}: ${mistake.message.en}`);
  return { layer, file: rulesFile.parse(layer.value) };
}

/** A reader of packs, checked; those it has read once it hands out again. */
export function createPackReader(): (pack: string) => CheckedLayer {
  const compiled = readCompiled();
  const read = new Map<string, CheckedLayer>();
  return (pack) => {
    const known = read.get(pack);
    if (known !== undefined) return known;
    const name = PACK_PREFIX + pack;
    const text = packText(pack);
    const made = compiled[pack];
    const layer = made === undefined ? parsedLayer(name, text) : compiledLayer(name, text, made);
    read.set(pack, layer);
    return layer;
  };
}

/** The lines of what carries its origin into an audit: rules with their keys, and stages. */
function keyLines({ layer, file }: CheckedLayer): Record<string, number> {
  const ofRules = Object.entries(file.rules ?? {}).flatMap(([id, rule]) => {
    const keys = typeof rule === 'object' && rule !== null ? Object.keys(rule) : [];
    return [['rules', id], ...keys.map((key) => ['rules', id, key])];
  });
  const ofStages = (file.stages ?? []).map((_, index) => ['stages', index]);
  const paths: readonly Path[] = [...ofRules, ...ofStages];
  return Object.fromEntries(paths.map((path) => [path.join('\n'), originOf(layer, path).line]));
}

/** Writes the packs beside the built code, parsed and checked; part of the build. */
export function compilePacks(): void {
  const packs = packNames().map((pack): [string, CompiledPack] => {
    const text = packText(pack);
    const checked = parsedLayer(PACK_PREFIX + pack, text);
    return [pack, { file: checked.file, lineOfKey: keyLines(checked) }];
  });
  writeFileSync(COMPILED_FILE, JSON.stringify(Object.fromEntries(packs)));
}
