import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

// A start would load hundreds of small modules otherwise; bundled, a small audit takes half the time.
const NOT_BUNDLED = /^node:/;

/** The words of licences that a package may name without having them beside it. */
const STANDARD_TEXTS = {
  ISC: `Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby
granted, provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL
IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT,
INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN
ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF
THIS SOFTWARE.
`,
};

function authorOf({ author }) {
  return typeof author === 'object' ? author?.name : author;
}

/**
 * The licence of a package: its file, the section of its README, or the words of the licence that it names.
 * @throws Error where there is none of them: what is bundled may not be passed on without
 */
export function licenceOf(folder) {
  const names = readdirSync(folder);
  const text = (name) => (name === undefined ? '' : readFileSync(join(folder, name), 'utf8').trim());
  const file = text(names.find((name) => /^(?:licen[sc]e|copying)/i.test(name)));
  if (file !== '') return file;
  const readme = text(names.find((name) => /^readme/i.test(name)));
  const [, section = ''] = /^#+ *licen[sc]e *\n([\s\S]*?)(?=^#|$(?![\s\S]))/im.exec(readme) ?? [];
  // A section that only names the licence grants nothing.
  if (/permission|redistribution/i.test(section)) return section.trim();
  const described = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const standard = STANDARD_TEXTS[described.license];
  const author = authorOf(described);
  if (standard === undefined || author === undefined) throw new Error(`${folder}: no text of its licence`);
  return `Copyright (c) ${author}\n\n${standard.trim()}`;
}

/** Writes the licence of every package that went into the bundle beside it. */
const notices = {
  name: 'notices',
  writeBundle(_options, bundle) {
    const modules = Object.values(bundle).flatMap((chunk) => ('moduleIds' in chunk ? chunk.moduleIds : []));
    const folders = modules.flatMap((id) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1] ?? []);
    const texts = [...new Set(folders)].sort().map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      return `${name} ${version} (${license})\n\n${licenceOf(folder)}\n`;
    });
    writeFileSync('dist/NOTICES.txt', texts.join('\n\n----\n\n'));
  },
};

/** What of Node takes milliseconds to load, and few runs use. */
const LOADED_LATE = ['node:child_process', 'node:crypto', 'node:fs/promises', 'node:os', 'node:worker_threads'];

/** Has a module of Node loaded where it is first used, in place of where a chunk begins. */
function lateLoaded(code, id) {
  const [line, name] = new RegExp(`^\\s*(?:let|const) (\\w+) = require\\("${id}"\\);$`, 'm').exec(code) ?? [];
  if (name === undefined || new RegExp(`\\b${name}\\b(?!\\.)`).test(code.replace(line, ''))) return code;
  const late = `const ${name} = { get now() {
	const value = require("${id}");
	Object.defineProperty(this, "now", { value });
	return value;
} };`;
  const [before, after] = code.split(line);
  return `${before}\n${late}${after.replaceAll(new RegExp(`\\b${name}\\.`, 'g'), `${name}.now.`)}`;
}

const lateLoading = {
  name: 'late-loading',
  renderChunk: (code) => LOADED_LATE.reduce(lateLoaded, code),
};

const MAIN = 'src/cli/main.ts';
const AUDIT = 'src/cli/audit-command.ts';
const WORKER = 'src/source/text/part-worker.ts';

/** What an audit needs, in few files, as each takes its time; apart is what something else needs without the rest. */
const PARTS = [
  ['start', [MAIN]],
  ['telling', ['src/cli/print-error.ts', 'src/cli/actions-step.ts', 'src/cli/inert-output.ts']],
  ['scanning', [WORKER]],
  ['reading', ['src/cli/inspect-command.ts']],
  ['audit', [AUDIT]],
];

const neededByPart = new Map();

/** Ids of the modules that are loaded with the first of a part. */
function neededBy(part, entries, context) {
  const known = neededByPart.get(part);
  if (known !== undefined) return known;
  const needed = new Set(entries.map((entry) => resolve(entry)));
  for (const id of needed) for (const imported of context.getModuleInfo(id)?.importedIds ?? []) needed.add(imported);
  neededByPart.set(part, needed);
  return needed;
}

function partOf(id, [part, entries], context) {
  if (id === resolve(MAIN) || id === resolve(WORKER) || !neededBy('audit', [AUDIT], context).has(id)) return null;
  return neededBy(part, entries, context).has(id) ? part : null;
}

// A module goes to the first of the parts that needs it.
const groups = PARTS.map((part, index) => ({
  debugName: part[0],
  priority: PARTS.length - index,
  name: (id, context) => partOf(id, part, context),
}));

/** The library stands once, in the form the command runs; for who imports it, a module of few lines tells its names. */
const LIBRARY = './library.ts';
const libraryByName = {
  name: 'library-by-name',
  resolveId: (id) => (id === LIBRARY ? { id: './library.cjs', external: true } : null),
};

export default [
  {
    input: {
      'cli/start': 'src/cli/start.ts',
      'library/library': 'src/library.ts',
      'worker/scan-part': 'src/source/text/part-worker.ts',
      'build/compile-packs': 'src/compile-packs.ts',
      'build/keep-code': 'src/cli/keep-code.ts',
    },
    platform: 'node',
    external: NOT_BUNDLED,
    // chalk is told whether there is colour: what asks the terminal would load much of Node for nothing.
    resolve: { alias: { '#supports-color': resolve('node_modules/chalk/source/vendor/supports-color/browser.js') } },
    plugins: [notices, lateLoading],
    // Every file lies two folders deep, as the sources do, so that paths to rules/ and package.json hold in both.
    output: {
      dir: 'dist',
      // Node keeps the compiled code of CommonJS only, and loads it sooner.
      format: 'cjs',
      entryFileNames: '[name].cjs',
      chunkFileNames: 'chunks/[name].cjs',
      cleanDir: true,
      codeSplitting: { groups },
    },
  },
  {
    input: { 'library/index': 'src/index.ts' },
    platform: 'node',
    external: /^(?:node:|zod$)/,
    plugins: [libraryByName],
    output: { dir: 'dist', format: 'esm' },
  },
];
