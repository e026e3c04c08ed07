import type { Command } from 'commander';
import { KINDS } from '../kinds/index.ts';
import { METRICS } from '../metrics/index.ts';
import { packNames } from '../ruleset/pack-files.ts';
import { bashScript } from './completion/bash.ts';
import { fishScript } from './completion/fish.ts';
import { type CompletionTree, completionTree, type Lists } from './completion/tree.ts';
import { zshScript } from './completion/zsh.ts';
import { EXPRESSIONS_PAGE } from './explain-expressions.ts';
import { METRICS_PAGE } from './explain-metrics.ts';
import type { Host } from './host.ts';
import { writeStream } from './print-rendered.ts';
import { shippedIds } from './shipped.ts';

const SCRIPTS: Readonly<Record<Shell, (tree: CompletionTree) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

export type Shell = 'bash' | 'zsh' | 'fish';

function shippedLists(): Lists {
  const rules = shippedIds();
  const metrics = METRICS.map(({ metric }) => metric);
  return {
    packs: packNames(),
    rules,
    topics: [...rules, ...[...KINDS.keys()].sort(), ...metrics.sort(), EXPRESSIONS_PAGE, METRICS_PAGE],
  };
}

/** A completion script, made from the commands of the program; the same for the same version. */
export function completionScript(shell: Shell, program: Command): string {
  return SCRIPTS[shell](completionTree(program, 'audit', shippedLists()));
}

/** `funnelint completion`: prints the script that a shell completes command lines with. */
export async function completionCommand(shell: Shell, program: Command, host: Host): Promise<number> {
  await writeStream(host.stdout, completionScript(shell, program));
  return 0;
}
