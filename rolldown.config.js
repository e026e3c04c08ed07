import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// A start would load hundreds of small modules otherwise; bundled, a small audit takes half the time.
const NOT_BUNDLED = /^(?:node:|simple-statistics)/;

function licenceOf(folder) {
  const file = readdirSync(folder).find((name) => /^licen[sc]e/i.test(name));
  return file === undefined ? '' : readFileSync(join(folder, file), 'utf8');
}

/** Writes the licence of every package that went into the bundle beside it. */
const notices = {
  name: 'notices',
  writeBundle(_options, bundle) {
    const modules = Object.values(bundle).flatMap((chunk) => ('moduleIds' in chunk ? chunk.moduleIds : []));
    const folders = modules.flatMap((id) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1] ?? []);
    const texts = [...new Set(folders)].sort().map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      return `${name} ${version} (${license})\n\n${licenceOf(folder)}`;
    });
    writeFileSync('dist/NOTICES.txt', texts.join('\n\n----\n\n'));
  },
};

export default {
  input: {
    'cli/main': 'src/cli/main.ts',
    'library/index': 'src/index.ts',
    'build/compile-packs': 'src/ruleset/compile-packs.ts',
  },
  platform: 'node',
  external: NOT_BUNDLED,
  plugins: [notices],
  // Every file lies two folders deep, as the sources do, so that paths to rules/ and package.json hold in both.
  output: { dir: 'dist', format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js', cleanDir: true },
};
