import { describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { createMemoryHost } from './memory-host.ts';

async function run(...argv: readonly string[]): Promise<{ readonly exit: number; readonly printed: string }> {
  const host = createMemoryHost('/nowhere');
  const exit = await main(argv, host);
  return { exit, printed: host.printed() };
}

const { printed: HELP } = await run('--help');
const NAMES = [...HELP.slice(HELP.indexOf('Commands:')).matchAll(/^ {2}([a-z]+)/gm)].map(([, name = '']) => name);

describe('the commands', () => {
  it('are all told of, in the order of the help', async () => {
    expect(NAMES.slice(0, 3)).toEqual(['audit', 'baseline', 'compare']);
    expect(NAMES.length).toBeGreaterThan(10);
    expect((await run('help')).printed).toBe(HELP);
    expect((await run('-h')).printed).toBe(HELP);
  });

  it.each(NAMES.filter((name) => name !== 'help'))('are each there when they are asked for: %s', async (name) => {
    const { exit, printed } = await run(name, '--bogus');
    expect(exit).toBe(2);
    expect(printed).toContain(`See funnelint ${name} --help`);
    expect((await run('help', name)).printed).toBe((await run(name, '--help')).printed);
    expect((await run('completion', 'fish')).printed).toContain(`-a '${name}'`);
  });
});
