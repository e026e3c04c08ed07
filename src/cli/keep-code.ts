import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { keepCode } from './kept-code.ts';
import { isCodeKeptByNode, optimizeLater } from './start.ts';

const SAMPLES = fileURLToPath(new URL('../../samples/', import.meta.url));

/** Command lines that between them call what most runs do: with a rules file beside the export, and without. */
function usualRuns(folder: string): readonly (readonly string[])[] {
  const alone = join(folder, 'opportunities.csv');
  copyFileSync(join(SAMPLES, 'salesforce/opportunities.csv'), alone);
  return [
    ['--help'],
    ['audit', alone, '--as-of', '2026-11-01', '--color', 'always'],
    ['audit', join(SAMPLES, 'leads/线索导出_20261101.csv'), '--lang', 'zh'],
  ];
}

async function runAll(folder: string): Promise<void> {
  const { createHost } = await import('./host.ts');
  const { main } = await import('./main.ts');
  const nobody = new Writable({ write: (_text, _encoding, done) => done() }) as Writable & NodeJS.WriteStream;
  for (const run of usualRuns(folder)) await main(run, { ...createHost(), stdout: nobody, stderr: nobody });
}

/** Keeps the code of what usual runs call, compiled. Run by the build, after the rules were put together. */
async function keepUsualCode(): Promise<void> {
  optimizeLater();
  if (isCodeKeptByNode()) return;
  const folder = mkdtempSync(join(tmpdir(), 'funnelint-'));
  await keepCode(() => runAll(folder)).finally(() => rmSync(folder, { recursive: true }));
}

void keepUsualCode();
