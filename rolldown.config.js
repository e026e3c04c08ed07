import { readFileSync, writeFileSync } from 'node:fs';

// A start loads hundreds of small modules otherwise: one file a command and no more takes a third off a small audit.
// Packages stay outside, but for zod, whose hundred files cost more than the rest of the start together.
const BUNDLED = ['zod'];

const notices = {
  name: 'notices',
  writeBundle() {
    const texts = BUNDLED.map((name) => `${name}\n\n${readFileSync(`node_modules/${name}/LICENSE`, 'utf8')}`);
    writeFileSync('dist/NOTICES.txt', texts.join('\n\n'));
  },
};

export default {
  input: {
    'cli/main': 'src/cli/main.ts',
    'library/index': 'src/index.ts',
    'build/compile-packs': 'src/ruleset/compile-packs.ts',
  },
  platform: 'node',
  external: (id) => /^[a-z@]/.test(id) && !BUNDLED.some((name) => id === name || id.startsWith(`${name}/`)),
  plugins: [notices],
  // Every file lies two folders deep, as the sources do, so that paths to rules/ and package.json hold in both.
  output: { dir: 'dist', format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js', cleanDir: true },
};
