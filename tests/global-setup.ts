import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../', import.meta.url));
const SOURCES = ['src', 'rules', 'rolldown.config.js', 'package.json'];
const BUILT = 'dist/cli/start.cjs';

function changedAt(path: string): number {
  const full = `${PROJECT}${path}`;
  const { mtimeMs } = statSync(full);
  if (!statSync(full).isDirectory()) return mtimeMs;
  return Math.max(...readdirSync(full).map((name) => changedAt(`${path}/${name}`)));
}

function isFresh(): boolean {
  return existsSync(`${PROJECT}${BUILT}`) && changedAt(BUILT) >= Math.max(...SOURCES.map(changedAt));
}

/** Builds the command when a source is newer, so that scenarios run what the sources say. */
export function setup(): void {
  if (isFresh()) return;
  const { stdout, stderr } = spawnSync('npm', ['run', '--silent', 'build'], { cwd: PROJECT, encoding: 'utf8' });
  // What the type checker has to say is said by `npm run typecheck`; without a bundle nothing can run.
  if (!isFresh()) throw new Error(`the build failed\n${stdout}\n${stderr}`);
}
